"""Stands in for the operator: takes only the arguments that the real one has, and keeps them."""

OPERATORS = []


class DataflowStartFlexTemplateOperator:
    def __init__(
        self,
        *,
        body,
        location,
        project_id,
        append_job_name=True,
        wait_until_finished=None,
        deferrable=False,
        task_id,
        retries,
        retry_delay,
    ):
        OPERATORS.append(
            {
                "body": body,
                "location": location,
                "project_id": project_id,
                "append_job_name": append_job_name,
            }
        )
