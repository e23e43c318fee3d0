"""Trains every night, judged by Airflow's own calendar: launches the template and waits.

Needs apache-airflow-providers-google, the connection google_cloud_default and these Airflow variables:
towerbeam_project, towerbeam_region, towerbeam_templates (gs:// folder that templates/docker/build filled),
towerbeam_input, towerbeam_output, towerbeam_worker_account.
"""

import pendulum
from airflow import DAG
from airflow.providers.google.cloud.operators.dataflow import (
    DataflowStartFlexTemplateOperator,
)

with DAG(
    dag_id="towerbeam_train",
    schedule="30 3 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="Europe/Berlin"),
    catchup=False,
    max_active_runs=1,
) as dag:
    DataflowStartFlexTemplateOperator(
        task_id="train",
        project_id="{{ var.value.towerbeam_project }}",
        location="{{ var.value.towerbeam_region }}",
        # The day is Airflow's, not the day of the launch: a retry, or a night that is made up for,
        # finds its run by it, goes on with it, or leaves it alone if it is finished.
        body={
            "launchParameter": {
                "jobName": "towerbeam-train-{{ ds_nodash }}",
                "containerSpecGcsPath": "{{ var.value.towerbeam_templates }}/train.json",
                "parameters": {
                    "model": "contextual-two-tower",
                    "input": "{{ var.value.towerbeam_input }}",
                    "output": "{{ var.value.towerbeam_output }}",
                    "runDate": "{{ ds }}",
                },
                "environment": {
                    "serviceAccountEmail": "{{ var.value.towerbeam_worker_account }}",
                    "maxWorkers": 4,
                },
            }
        },
        # The job's name is the one above, so that of one day no two jobs run.
        append_job_name=False,
        retries=2,
        retry_delay=pendulum.duration(minutes=10),
    )
