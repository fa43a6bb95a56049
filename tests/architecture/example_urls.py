"""Arguments for addresses that need some: name of the address → what to put in.

Each room adds its lines. A function gets the cast and returns the keyword arguments of the
address, making the row it points to; choose one that as many of the cast as possible may see.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from tests.apps.assessments.example_rows import EXAMPLES as ASSESSMENTS
from tests.apps.callbacks.example_rows import EXAMPLES as CALLBACKS
from tests.apps.cases.example_rows import EXAMPLES as CASES
from tests.apps.complaints.example_rows import EXAMPLES as COMPLAINTS
from tests.apps.foundation.notifications.example_rows import EXAMPLES as NOTIFICATIONS
from tests.apps.incidents.example_rows import EXAMPLES as INCIDENTS
from tests.apps.intake.example_rows import EXAMPLES as INTAKE
from tests.apps.nonconformities.example_rows import EXAMPLES as NONCONFORMITIES
from tests.apps.outcomes.example_rows import EXAMPLES as OUTCOMES
from tests.apps.packs.example_rows import EXAMPLES as PACKS
from tests.apps.papers.example_rows import EXAMPLES as PAPERS
from tests.apps.reports.example_rows import EXAMPLES as REPORTS
from tests.people import People
from zhijian.accounts.models import SignedInSession
from zhijian.accounts.services import make_token
from zhijian.foundation import clock
from zhijian.foundation.drafts.services import save_draft
from zhijian.foundation.files.owners import register_owner
from zhijian.foundation.files.services import Owner, store_file
from zhijian.foundation.jobs.services import enqueue
from zhijian.foundation.jobs.tasks import tidy


def _person(people: People) -> dict[str, Any]:
    return {"user_id": people.outsider.pk}


def _grant(people: People) -> dict[str, Any]:
    return {"grant_id": people.leader.grants.get().pk}


def _session(people: People) -> dict[str, Any]:
    now = clock.now()
    row = SignedInSession.objects.create(
        user=people.clerk, session_key=uuid.uuid4().hex, started_at=now, last_seen_at=now
    )
    return {"session_id": row.pk}


def _token(people: People) -> dict[str, Any]:
    row, _secret = make_token(user=people.clerk, name="取数", days=1)
    return {"token_id": row.pk}


def _unit(people: People) -> dict[str, Any]:
    return {"unit_id": people.unit.pk}


def _job(people: People) -> dict[str, Any]:
    return {"job_id": enqueue(task=tidy, arguments={}, owner=people.clerk, title="整理")}


def _file(people: People) -> dict[str, Any]:
    register_owner("tests.note", lambda user, file: user.pk == people.clerk.pk)
    upload = ContentFile("记录".encode(), name="note.txt")
    ref = store_file(upload=upload, owner=Owner("tests.note", "1"), uploader=people.clerk)
    return {"file_id": ref.id}


def _draft(people: People) -> dict[str, Any]:
    save_draft(user=people.clerk, key="tests.form", data={"name": "value"})
    return {"key": "tests.form"}


EXAMPLES: dict[str, Callable[[People], dict[str, Any]]] = {
    **ASSESSMENTS,
    **CALLBACKS,
    **CASES,
    **COMPLAINTS,
    **INCIDENTS,
    **PAPERS,
    **REPORTS,
    **INTAKE,
    **NONCONFORMITIES,
    **NOTIFICATIONS,
    **OUTCOMES,
    **PACKS,
    "accounts:end_grant": _grant,
    "accounts:end_session": _session,
    "accounts:grant": _person,
    "accounts:person": _person,
    "accounts:reset_password": _person,
    "accounts:revoke_token": _token,
    "accounts:set_active": _person,
    "api-job": _job,
    "foundation:discard_draft": _draft,
    "foundation:draft": _draft,
    "foundation:file": _file,
    "foundation:job": _job,
    "foundation:job_cancel": _job,
    "foundation:job_progress": _job,
    "foundation:job_retry": _job,
    "organizations:edit_unit": _unit,
    "organizations:set_active": _unit,
    "organizations:contact": _unit,
}
