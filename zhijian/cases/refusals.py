"""The exceptions of this room."""

from __future__ import annotations

from collections.abc import Sequence

from zhijian.domain.problems import Problem
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import say


class CaseRefused(Refusal):
    """Something is not possible with a case; nothing was written."""


class StepRefused(CaseRefused):
    """A step may not be taken; ``problems`` are all that stands against it, each at its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        super().__init__(first.code, **dict(first.facts))
        self.problems = tuple(problems)

    def words(self, lang: str = "zh") -> str:
        """Return everything that stands against the step, one sentence after the other."""
        told = (say(each.code, dict(each.facts), lang) for each in self.problems)
        return (" " if lang.startswith("en") else "").join(dict.fromkeys(told))


class MovedOn(CaseRefused):
    """Somebody else acted in the case in the meantime."""
