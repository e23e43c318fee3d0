/**
 * The command line: finds what is asked for, runs it, and tells the user how it went. Knows
 * workflows and commands only through their interfaces.
 */
package io.towerbeam.pipelines.launcher;
