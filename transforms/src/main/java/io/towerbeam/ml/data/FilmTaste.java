package io.towerbeam.ml.data;

import java.util.List;

/**
 * The tastes behind the generated sample: how many take to it, what a film of it is filed under,
 * and the words that its title is likely to be made of.
 *
 * <p>Genres and some words are shared between tastes, so that neither alone tells everything. Half
 * of the tastes have hardly any fans: without that difference between films, which is the same for
 * all users, a tower trained on cosines against four uniform negatives each is drawn to one and the
 * same vector for everything, and weight decay keeps it there.
 */
enum FilmTaste {
  SPACE(
      1,
      "Science Fiction|Action|Adventure",
      "Orbital|Stellar|Magnetic|Lunar|Synthetic|Weightless|Binary|Solar|Radiant|Distant",
      "Comet|Android|Nebula|Cosmonaut|Reactor|Satellite|Quasar|Colony|Airlock|Antenna"),
  HEARTS(
      1,
      "Romance|Comedy|Drama",
      "Tender|Bashful|Borrowed|Sunday|Sugar|Rosy|Flirting|Barefoot|Honest|Velvet",
      "Bouquet|Sweetheart|Postcard|Wedding|Balcony|Courtship|Valentine|Parasol|Picnic|Proposal"),
  DREAD(
      .01,
      "Horror|Mystery|Fantasy",
      "Hollow|Crooked|Rotting|Pale|Buried|Whispering|Cursed|Ashen|Sleepless|Nameless",
      "Cellar|Scarecrow|Coffin|Raven|Asylum|Lantern|Seance|Mausoleum|Moth|Gravedigger"),
  FRONTIER(
      .01,
      "Western|Adventure|Drama",
      "Dusty|Saddled|Copper|Sunburnt|Prairie|Rattling|Lonesome|Barbed|Parched|Untamed",
      "Stagecoach|Canyon|Coyote|Homestead|Marshal|Spur|Corral|Railhead|Drifter|Mesa"),
  UNDERWORLD(
      1,
      "Crime|Mystery|Action",
      "Crooked|Marked|Forged|Neon|Smoking|Wanted|Counterfeit|Hushed|Concrete|Unsigned",
      "Alibi|Heist|Informer|Ledger|Racket|Verdict|Getaway|Fingerprint|Syndicate|Bail"),
  NURSERY(
      1,
      "Animation|Fantasy|Comedy",
      "Tiny|Giggling|Marmalade|Bouncing|Whiskered|Paper|Clockwork|Sneezing|Striped|Wobbly",
      "Hedgehog|Teapot|Dragonfly|Puddle|Kite|Otter|Pumpkin|Wizard|Mitten|Snowglobe"),
  FRONT(
      .01,
      "War|Drama|Action",
      "Frozen|Shattered|Wounded|Armoured|Muddy|Fallen|Besieged|Northern|Iron|Unbroken",
      "Trench|Battalion|Bugle|Convoy|Armistice|Rifleman|Garrison|Sortie|Medic|Barricade"),
  STAGE(
      .01,
      "Musical|Romance|Comedy",
      "Swinging|Tapping|Spotlit|Humming|Sequinned|Offbeat|Encored|Velvet|Brassy|Syncopated",
      "Chorus|Ballroom|Trombone|Understudy|Cabaret|Overture|Tango|Vaudeville|Footlight|Melody");

  /** Words of titles that tell nothing. */
  static final List<String> COMMON_ADJECTIVES =
      words("Last|Second|Long|Quiet|Broken|Golden|Other|Little|Forgotten|Endless|Wild|Secret");

  static final List<String> COMMON_NOUNS =
      words("Summer|River|Letter|Stranger|House|Promise|Road|Winter|Shadow|Garden|Island|Bridge");

  private final double fans;
  private final List<String> genres;
  private final List<String> adjectives;
  private final List<String> nouns;

  FilmTaste(double fans, String genres, String adjectives, String nouns) {
    this.fans = fans;
    this.genres = words(genres);
    this.adjectives = words(adjectives);
    this.nouns = words(nouns);
  }

  /** How readily a user takes to it, relative to the other tastes; positive. */
  double fans() {
    return fans;
  }

  /** Three genres, the most typical one first. */
  List<String> genres() {
    return genres;
  }

  List<String> adjectives() {
    return adjectives;
  }

  List<String> nouns() {
    return nouns;
  }

  private static List<String> words(String joined) {
    return List.of(joined.split("\\|"));
  }
}
