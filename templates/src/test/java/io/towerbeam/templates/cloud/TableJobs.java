package io.towerbeam.templates.cloud;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationExtract;
import com.google.api.services.bigquery.model.JobConfigurationLoad;
import com.google.api.services.bigquery.model.JobReference;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics3;
import com.google.api.services.bigquery.model.JobStatistics4;
import com.google.api.services.bigquery.model.JobStatus;
import com.google.api.services.bigquery.model.TableFieldSchema;
import io.towerbeam.templates.cloud.FakeTables.StoredTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;

/** Extracts and loads, each done as soon as it is asked for. Safe for many threads. */
final class TableJobs {
  private static final int FILES_PER_EXTRACT = 2;

  private final FakeTables tables;
  private final FakeBuckets buckets;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final AtomicInteger unnamed = new AtomicInteger();

  TableJobs(FakeTables tables, FakeBuckets buckets) {
    this.tables = tables;
    this.buckets = buckets;
  }

  synchronized Job get(String project, String id) {
    Job job = jobs.get(project + ":" + id);
    if (job == null) {
      throw Refusal.notFound("Not found: Job %s:%s".formatted(project, id));
    }
    return job;
  }

  synchronized Job insert(String project, Job asked) throws IOException {
    JobReference reference = asked.getJobReference().clone().setProjectId(project);
    if (reference.getJobId() == null) {
      reference.setJobId("job_" + unnamed.incrementAndGet());
    }
    String id = project + ":" + reference.getJobId();
    if (jobs.containsKey(id)) {
      throw new Refusal(409, "duplicate", "Already Exists: Job " + id);
    }
    Job job = asked.clone().setId(id).setJobReference(reference);
    JobStatus status = new JobStatus().setState("DONE");
    try {
      job.setStatistics(run(asked.getConfiguration()));
    } catch (Refusal refusal) {
      ErrorProto error = new ErrorProto().setReason("invalid").setMessage(refusal.getMessage());
      status.setErrorResult(error).setErrors(List.of(error));
      job.setStatistics(new JobStatistics());
    }
    job.setStatus(status);
    if (!Boolean.TRUE.equals(asked.getConfiguration().getDryRun())) {
      jobs.put(id, job);
    }
    return job;
  }

  private JobStatistics run(JobConfiguration what) throws IOException {
    if (what.getQuery() != null && Boolean.TRUE.equals(what.getDryRun())) {
      return new JobStatistics();
    }
    if (what.getExtract() != null) {
      return new JobStatistics().setExtract(extract(what.getExtract()));
    }
    if (what.getLoad() != null) {
      return new JobStatistics().setLoad(load(what.getLoad()));
    }
    throw Refusal.badRequest("Not done here: " + what);
  }

  private JobStatistics4 extract(JobConfigurationExtract what) throws IOException {
    StoredTable table = tables.stored(FakeTables.name(what.getSourceTable()));
    if (!what.getDestinationFormat().equals("AVRO") || !what.getUseAvroLogicalTypes()) {
      throw Refusal.badRequest("Not exported here: " + what);
    }
    // the service makes one slash of several
    String[] path =
        what.getDestinationUris()
            .get(0)
            .replaceFirst("gs://", "")
            .replaceAll("/+", "/")
            .split("/", 2);
    int rows = table.rows().size();
    for (int file = 0; file < FILES_PER_EXTRACT; file++) {
      List<GenericRecord> part =
          table
              .rows()
              .subList(rows * file / FILES_PER_EXTRACT, rows * (file + 1) / FILES_PER_EXTRACT);
      buckets.put(path[0], path[1].replace("*", "%012d".formatted(file)), avro(table.avro(), part));
    }
    return new JobStatistics4().setDestinationUriFileCounts(List.of((long) FILES_PER_EXTRACT));
  }

  private JobStatistics3 load(JobConfigurationLoad what) throws IOException {
    String table = FakeTables.name(what.getDestinationTable());
    tables.dataset(
        what.getDestinationTable().getProjectId(), what.getDestinationTable().getDatasetId());
    if (!what.getSourceFormat().equals("AVRO")
        || !what.getWriteDisposition().equals("WRITE_TRUNCATE")) {
      throw Refusal.badRequest("Not loaded here: " + what);
    }
    List<GenericRecord> rows = new ArrayList<>();
    Schema avro = null;
    for (String uri : what.getSourceUris()) {
      String[] path = uri.replaceFirst("gs://", "").split("/", 2);
      try (DataFileStream<GenericRecord> file =
          new DataFileStream<>(
              new ByteArrayInputStream(buckets.bytes(path[0], path[1])),
              new GenericDatumReader<>())) {
        avro = file.getSchema();
        requireColumns(what.getSchema().getFields(), avro);
        file.forEach(rows::add);
      }
    }
    tables.put(table, "TABLE", what.getSchema(), avro, rows);
    return new JobStatistics3().setOutputRows((long) rows.size());
  }

  private static void requireColumns(List<TableFieldSchema> columns, Schema avro) {
    List<String> named = columns.stream().map(TableFieldSchema::getName).toList();
    List<String> found = avro.getFields().stream().map(Schema.Field::name).toList();
    if (!named.equals(found)) {
      throw Refusal.badRequest("Columns %s, but fields %s".formatted(named, found));
    }
  }

  private static byte[] avro(Schema schema, List<GenericRecord> rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<GenericRecord>(schema))) {
      writer.create(schema, bytes);
      for (GenericRecord row : rows) {
        writer.append(row);
      }
    }
    return bytes.toByteArray();
  }
}
