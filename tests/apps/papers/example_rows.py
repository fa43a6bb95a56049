"""Rows to which the addresses of this room point, for the table of rights."""

from __future__ import annotations

from typing import Any

from tests.apps.papers.stories import PACK, PaperStory, published
from tests.people import People
from zhijian.cases.models import Case
from zhijian.foundation import clock
from zhijian.papers.models import Paper


def _case(people: People) -> Case:
    """A complaint about the unit of the clerk, who owns it and receives its notice."""
    published()
    found = Case.objects.filter(pack_id=PACK).first()
    return found or PaperStory(people).open(at=clock.now())


def _paper(people: People) -> dict[str, Any]:
    return {"paper_id": Paper.objects.filter(case=_case(people)).order_by("pk")[0].pk}


def _form(people: People) -> dict[str, Any]:
    return {"case_id": _case(people).pk, "form": "reply"}


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
