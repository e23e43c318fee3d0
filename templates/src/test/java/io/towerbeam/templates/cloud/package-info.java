/**
 * A small Google Cloud on the loopback address, so that what is sent to Cloud Storage, Dataflow and
 * BigQuery can be looked at without any: buckets, objects, jobs, Flex Template launches and tables
 * in memory and a folder of passing files. It runs no job but exports and loads. What the client
 * libraries' own classes do not declare, it refuses.
 */
package io.towerbeam.templates.cloud;
