/** Faults done to whole runs: killed, on a full disk, offline, twice at once. */
package io.towerbeam.pipelines.faults;
