/**
 * Files on any of Beam's file systems: patterns, folders with files that are whole or not there,
 * Avro and JSON. No step of a pipeline lives here.
 */
package io.towerbeam.transforms.files;
