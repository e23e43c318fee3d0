/**
 * From files to rows: interaction logs and catalogues in the formats they come in, the check that
 * they can be read at all, and the rows that could not be taken, each with its reason.
 *
 * <p>What happens to good rows afterwards (split, index, features) is no matter of this package.
 */
package io.towerbeam.transforms.read;
