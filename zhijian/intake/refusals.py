"""How intake says no."""

from __future__ import annotations

from collections.abc import Iterable

from zhijian.domain.problems import Problem
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import say


class RecordRefused(Refusal):
    """A record that may not be written, changed or voided."""


class RecordsWrong(RecordRefused):
    """What was entered breaks rules of its kind; ``problems`` names each place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("intake.not_accepted", count=len(self.problems))

    def words(self, lang: str = "zh") -> str:
        """Return every problem in a sentence of its own."""
        return " ".join(say(each.code, dict(each.facts), lang) for each in self.problems[:5])


class ImportRefused(Refusal):
    """An import that cannot go on."""
