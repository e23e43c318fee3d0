/** The files of {@code templates/triggers}, read as their schedulers would, and what they start. */
package io.towerbeam.templates.triggers;
