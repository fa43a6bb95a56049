"""What is wrong, where, and the code of its wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person must mend.

    ``code`` is a stable word that is looked up for the wording, ``where`` is the place as the
    person knows it (``scoring/department.yaml:12``, ``自查!C5``), ``facts`` fill the wording.
    """

    code: str
    where: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, where: str, code: str, **facts: object) -> Problem:
        """Build a problem from keyword facts."""
        return cls(code, where, tuple(facts_of(facts).items()))

    def fact(self, name: str) -> str:
        """Return one fact of the wording, or an empty text."""
        return dict(self.facts).get(name, "")


def facts_of(values: Mapping[str, object]) -> dict[str, str]:
    """Return values as the facts of a wording; what has an English wording has ``name_en`` too."""
    facts: dict[str, str] = {}
    for name, value in values.items():
        facts[name] = str(value)
        if isinstance(value, Words) and value.en:
            facts[f"{name}_en"] = value.en
    return facts
