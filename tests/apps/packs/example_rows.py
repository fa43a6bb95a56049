"""Rows that the addresses of regulations and trial runs point to in the table of access."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.apps.packs import tiny
from tests.people import People
from zhijian.assessments.models import TrialRun
from zhijian.foundation import clock
from zhijian.packs import services
from zhijian.packs.models import PackVersion
from zhijian.packs.services import Following


def _published() -> PackVersion:
    return PackVersion.objects.filter(pack_id=tiny.PACK_ID, state="published").first() or (
        tiny.published()
    )


def _version(people: People) -> dict[str, Any]:
    return {"version_id": _published().pk}


def _draft(people: People) -> dict[str, Any]:
    return {"version_id": tiny.draft("1.1", "2025-01-01").pk}


def _file(people: People) -> dict[str, Any]:
    return {**_draft(people), "path": "articles.yaml"}


def _value(people: People) -> dict[str, Any]:
    return {**_version(people), "parameter": "weights"}


def _pack(people: People) -> dict[str, Any]:
    return {"pack_id": _published().pack_id}


def _following(people: People) -> dict[str, Any]:
    row = _published()
    following = Following(people.unit.pk, "must", row.effective)
    followed = services.subscribe(row.pack_id, following, None)
    return {"pack_id": row.pack_id, "subscription_id": followed.pk}


def _trial(people: People) -> dict[str, Any]:
    run = TrialRun.objects.create(
        title="试算",
        version=_published(),
        scheme="desk",
        by=people.working_group,
        at=clock.now(),
    )
    return {"run_id": run.pk}


EXAMPLES: dict[str, Callable[[People], dict[str, Any]]] = {
    **{
        f"packs:{name}": _version
        for name in (
            "version", "coverage", "examples", "check", "download", "changes", "values",
            "distribution", "training", "read", "files", "new_version", "signatures",
        )
    },
    **{f"packs:{name}": _draft for name in ("add_file", "delete_draft", "publish")},
    "packs:file": _file,
    "packs:delete_file": _file,
    "packs:value": _value,
    "packs:pack": _pack,
    "packs:review": _pack,
    "packs:follow": _pack,
    "packs:end_following": _following,
    "assessments:trial": _trial,
    "assessments:delete_trial": _trial,
}  # fmt: skip
