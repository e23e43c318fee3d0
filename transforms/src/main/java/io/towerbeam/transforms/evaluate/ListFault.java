package io.towerbeam.transforms.evaluate;

/**
 * Why the lists of a model cannot be evaluated: a mean over other users would not be comparable.
 */
enum ListFault {
  NO_LIST("test users without a list"),
  NOT_A_TEST_USER("lists for users outside the test set"),
  LISTED_TWICE("lists for a user who has another one"),
  REPEATED_ITEM("lists with an item more than once");

  private final String counted;

  ListFault(String counted) {
    this.counted = counted;
  }

  /** What is counted, in words. */
  String counted() {
    return counted;
  }
}
