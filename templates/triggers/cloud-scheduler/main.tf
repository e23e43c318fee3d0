# Trains every night: Cloud Scheduler launches the template, and Dataflow does the rest.
#
# google_cloud_scheduler_job and not google_dataflow_flex_template_job: that one starts a job whenever
# Terraform is applied, and takes a batch job that has ended for one that is to be made anew.

terraform {
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 5.0"
    }
  }
}

variable "project" {
  type = string
}

variable "region" {
  type    = string
  default = "europe-west4"
}

variable "templates" {
  type        = string
  description = "The folder that templates/docker/build filled, such as gs://my-bucket/templates"
}

variable "input" {
  type        = string
  description = "What is trained on: a schedule has no sample to fall back on"
}

variable "output" {
  type        = string
  description = "The folder that runs and champions go to"
}

variable "time_zone" {
  type    = string
  default = "Europe/Berlin"
}

variable "scheduler_account" {
  type        = string
  description = "Email of the service account that launches: roles/dataflow.developer in the project, roles/iam.serviceAccountUser on the workers' account, roles/storage.objectViewer on the templates"
}

variable "worker_account" {
  type        = string
  description = "Email of the service account of the job: roles/dataflow.worker in the project, roles/storage.objectAdmin on its buckets, roles/artifactregistry.reader on the images"
}

locals {
  # This is frozen when it is applied, so the day is left to the job: runDate=auto is the day on which
  # it is launched. The job's name stays the same, so that a night that is still at work is not joined
  # by the next one; which is then tried again, below.
  launch = {
    launchParameter = {
      jobName              = "towerbeam-train-nightly"
      containerSpecGcsPath = "${var.templates}/train.json"
      parameters = {
        model    = "contextual-two-tower"
        input    = var.input
        output   = var.output
        runDate  = "auto"
        timeZone = var.time_zone
      }
      environment = {
        serviceAccountEmail = var.worker_account
        maxWorkers          = 4
      }
    }
  }
}

resource "google_cloud_scheduler_job" "train" {
  name             = "towerbeam-train"
  description      = "Trains on the interactions so far and publishes the model"
  project          = var.project
  region           = var.region
  schedule         = "30 3 * * *"
  time_zone        = var.time_zone
  attempt_deadline = "180s"

  retry_config {
    retry_count          = 5
    min_backoff_duration = "600s"
    max_backoff_duration = "3600s"
  }

  http_target {
    http_method = "POST"
    uri         = "https://dataflow.googleapis.com/v1b3/projects/${var.project}/locations/${var.region}/flexTemplates:launch"
    headers = {
      "Content-Type" = "application/json"
    }
    body = base64encode(jsonencode(local.launch))

    oauth_token {
      service_account_email = var.scheduler_account
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }
}
