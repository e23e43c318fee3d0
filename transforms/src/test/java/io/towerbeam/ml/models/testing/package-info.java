/** Data and files for tests of ranking models, and the published split of MovieLens-1M. */
package io.towerbeam.ml.models.testing;
