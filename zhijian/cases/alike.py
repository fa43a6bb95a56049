"""In what cases are alike: a key for each rule of repetition, and how many share it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date

from zhijian.cases.documents import written_facts
from zhijian.cases.models import Case, CaseAlike
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.level import Repetition
from zhijian.domain.casework.levels import looks_back
from zhijian.foundation.audit import chain

_UNIT = "unit"
#: Ends in which there was nothing to repeat, or which are counted elsewhere.
_DO_NOT_COUNT = ("rejected", "withdrawn", "merged")


def keys_of(
    scope: str, kind: CaseKind, facts: Mapping[str, FactValue], unit_id: int
) -> Iterator[tuple[Repetition, str]]:
    """Yield each rule whose facts are all known, with the key; ``scope`` names the regulation."""
    for rule in kind.repeats:
        names = [name for name in rule.same if name != _UNIT]
        if any(facts.get(name) is None for name in names):
            continue
        told = written_facts({name: facts[name] for name in names})
        alike = {**told, _UNIT: unit_id} if _UNIT in rule.same else told
        text = chain.canonical({"scope": scope, "kind": kind.id, "rule": rule.id, "same": alike})
        yield rule, hashlib.sha256(text.encode()).hexdigest()


def earlier(
    keys: Iterator[tuple[Repetition, str]],
    opened: date,
    around: Circumstances,
    own_id: int | None = None,
) -> dict[str, int]:
    """Count, for each rule, the other cases that are alike and were opened in its time."""
    found = {}
    for rule, key in keys:
        rows = CaseAlike.objects.filter(
            key=key, opened_on__range=(looks_back(rule, opened, around), opened)
        )
        # First the few that are alike: joined, the engine may read every case there is.
        ids = set(rows.values_list("case_id", flat=True)) - {own_id}
        others = Case.objects.filter(pk__in=ids).exclude(ends__in=_DO_NOT_COUNT)
        found[rule.id] = others.count() if ids else 0
    return found
