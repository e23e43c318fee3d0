/**
 * The records of everything that Towerbeam writes and reads back, generated from the Avro schemas.
 *
 * <p>The schemas are the contract with files on disk and with other programs: what was released is
 * read by every later version, and read by earlier versions too, so fields are only ever added, and
 * with a default. Nothing is computed here; the arithmetic on these records is in {@code
 * io.towerbeam.ml}.
 */
package io.towerbeam.schemas;
