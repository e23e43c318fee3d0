/**
 * The report of a run: its results and a few of its lists as one HTML page that needs nothing else.
 * The step that collects what the page shows, and the page itself, which knows nothing of Beam.
 * Nothing is measured here.
 */
package io.towerbeam.pipelines.report;
