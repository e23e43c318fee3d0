/**
 * A small Google Cloud on the loopback address, so that what is sent to Cloud Storage and Dataflow
 * can be looked at without either: buckets, objects, jobs and Flex Template launches in memory and
 * a folder of passing files. It runs no job. What the client libraries' own classes do not declare,
 * it refuses.
 */
package io.towerbeam.templates.cloud;
