"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from typing import Any

from tests.apps.cases.example_rows import case_of
from tests.people import People
from zhijian.papers.models import Paper


def _paper(people: People) -> dict[str, Any]:
    return {"paper_id": Paper.objects.filter(case=case_of(people)).order_by("pk")[0].pk}


def _form(people: People) -> dict[str, Any]:
    return {"case_id": case_of(people).pk, "form": "reply"}


EXAMPLES = {
    "api-paper": _paper,
    "papers:extend": _paper,
    "papers:issue": _form,
    "papers:note_receipt": _paper,
    "papers:paper": _paper,
    "papers:pdf": _paper,
    "papers:preview": _form,
    "papers:receive": _paper,
    "papers:withdraw": _paper,
}
