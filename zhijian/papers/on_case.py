"""The papers of a case as its page shows them: those that were issued, and those that may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.kind import Form
from zhijian.foundation.language import language
from zhijian.papers import queries
from zhijian.papers.models import Paper


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form of the case: its papers, and whether one may be issued by hand now."""

    id: str
    title: str
    number: str
    by_step: str
    papers: tuple[Paper, ...]

    @property
    def is_to_come(self) -> bool:
        """Tell whether only a step can issue the first paper, and has not yet."""
        return bool(self.by_step) and not self.papers

    @property
    def is_anew(self) -> bool:
        """Tell whether the next paper takes the place of an earlier one."""
        return bool(self.papers)


def fill(user: Any, case: Any, standing: Standing) -> dict[str, Any]:
    """Return the papers of a case for the page of that case; nothing where its forms make none."""
    forms = [each for each in standing.kind.forms.values() if each.paper]
    if not forms or not accounts.may(user, "papers.view"):
        return {}
    papers = queries.of_case(case.pk)
    lines = [
        _line(each, standing, tuple(paper for paper in papers if paper.form == each.id))
        for each in forms
    ]
    return {"lines": lines, "may_issue": accounts.may(user, "papers.issue", case.unit_id)}


def _line(form: Form, standing: Standing, papers: tuple[Paper, ...]) -> FormLine:
    issued = form.paper.issued if form.paper else ()
    step = standing.kind.steps[issued[0]].title.to(language()) if issued else ""
    return FormLine(form.id, form.title.to(language()), form.number, step, papers)
