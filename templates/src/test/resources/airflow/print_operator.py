"""Runs a DAG's file and prints its one operator as JSON."""

import json
import runpy
import sys

from airflow.providers.google.cloud.operators.dataflow import OPERATORS

runpy.run_path(sys.argv[1])
(operator,) = OPERATORS
print(json.dumps(operator))
