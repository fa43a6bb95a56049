"""What of a case can be searched: its title and its longer texts, without numbers of people."""

from __future__ import annotations

import re

from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseText
from zhijian.cases.to_domain import Standing, standing_of
from zhijian.domain.casework.fact import Fact

SHORT = 100
"""A text fact that holds no more signs is a name, a place or a word, and told in its own column."""

#: Telephone and identity numbers, and addresses of letters: they are revealed, never searched for.
_REACHES = re.compile(r"[0-9][0-9 \-]{5,}[0-9]|[^\s，。；：]+@[^\s，。；：]+")
_CHUNK = 500


def texts_of(standing: Standing, title: str) -> dict[bool, str]:
    """Return what can be searched: by ``False`` what everybody may read, by ``True`` the rest."""
    told: dict[bool, list[str]] = {False: [title], True: []}
    for name, fact in standing.kind.facts.items():
        value = standing.course.facts.get(name)
        if value and _is_told(fact):
            told[fact.field.personal].append(_REACHES.sub(" ", str(value)))
    return {personal: "\n".join(texts) for personal, texts in told.items() if texts}


def write_texts(case: Case, standing: Standing) -> None:
    """Keep what can be searched, when the last step has told any of it."""
    facts = standing.kind.facts
    happened = standing.course.happened
    if len(happened) > 1 and not any(_is_told(facts[each]) for each in happened[-1].facts):
        return
    _keep(case, standing)


def write_all_texts() -> int:
    """Make the texts of every case again; return how many cases there are."""
    library, last, count = Library(), 0, 0
    while cases := list(Case.objects.filter(pk__gt=last).order_by("pk")[:_CHUNK]):
        last = cases[-1].pk
        for case in cases:
            _keep(case, standing_of(case, library))
        count += len(cases)
    return count


def _keep(case: Case, standing: Standing) -> None:
    CaseText.objects.bulk_create(
        [
            CaseText(case=case, is_personal=personal, text=text)
            for personal, text in texts_of(standing, case.title).items()
        ],
        update_conflicts=True,
        unique_fields=["case", "is_personal"],
        update_fields=["text"],
    )


def _is_told(fact: Fact) -> bool:
    """Tell whether a fact is a longer text and not the name of whoever asked not to be known."""
    return fact.type == "text" and fact.field.max_length > SHORT and not fact.names_reporter
