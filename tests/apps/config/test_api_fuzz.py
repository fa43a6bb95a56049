"""Every door for programs, tried with many requests made from its own description."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.apps.cases.example_rows import case_of
from tests.apps.papers.example_rows import EXAMPLES as PAPERS
from tests.quarters import PACK, make_complete_quarter
from zhijian.accounts import services
from zhijian.assessments.services import objecting
from zhijian.assessments.services.objecting import Plea
from zhijian.config.wsgi import application
from zhijian.foundation.jobs.services import enqueue
from zhijian.foundation.jobs.tasks import tidy

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

REQUESTS = 6
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
BOUNDED = settings(
    max_examples=REQUESTS,
    database=None,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the connection of the test's transaction open, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    with warnings.catch_warnings():
        # Bodies with files are spooled by the sender, who leaves closing them to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_no_request_breaks_the_program_or_gets_an_answer_that_is_not_documented() -> None:
    known, secret = make_known()
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    headers = {"Authorization": f"Token {secret}"}

    found = {
        f"{operation.label}: {failure}"
        for operation in operations(schema)
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        for failure in failures(operation, mode, known, headers)
    }

    assert not found, "\n".join(sorted(found))


def make_known() -> tuple[dict[str, Any], str]:
    """A computed quarter, what addresses may point to in it, and a token of the working group."""
    quarter = make_complete_quarter()
    people, sheet = quarter.people, quarter.sheet()
    objection = objecting.raise_objection(
        actor=people.clerk,
        sheet_id=sheet.pk,
        plea=Plea(sheet.working["because"][0]["id"], "数据有误"),
    )
    _, secret = services.make_token(user=people.working_group, name="fuzz", days=1)
    known = {
        "case_id": case_of(people).pk,
        **PAPERS["api-paper"](people),
        "assessment_id": quarter.assessment.pk,
        "sheet_id": sheet.pk,
        "objection_id": objection.pk,
        "version_id": quarter.version_id,
        "pack_id": PACK,
        "period": "2024Q1",
        "job_id": enqueue(task=tidy, arguments={}, owner=people.working_group, title="整理"),
    }
    return known, secret


def operations(schema: Any) -> Iterator[Any]:
    for each in schema.get_all_operations():
        operation = each.ok()
        if operation.path != "/api/openapi.json":
            yield operation


def failures(
    operation: Any, mode: GenerationMode, known: dict[str, Any], headers: dict[str, str]
) -> list[str]:
    """Send the requests of one operation; each leaves nothing behind."""
    told: list[str] = []

    @seed(20240331)
    @BOUNDED
    @given(case=operation.as_strategy(generation_mode=mode), points_to_something=st.booleans())
    def send(case: Any, points_to_something: bool) -> None:
        if points_to_something:
            case.path_parameters.update(
                {name: known[name] for name in case.path_parameters if name in known}
            )
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as group:
            told.extend(
                f"{each.title} {answer.status_code} {each.message[:300]} {case.as_curl_command()}"
                for each in group.exceptions
            )

    send()
    return told
