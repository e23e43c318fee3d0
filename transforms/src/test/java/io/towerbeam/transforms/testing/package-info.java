/** What tests of several packages share. */
package io.towerbeam.transforms.testing;
