"""The exceptions of this room."""

from __future__ import annotations

from zhijian.domain.problems import Problem
from zhijian.foundation.refusal import Refusal


class OutcomeRefused(Refusal):
    """An entry or an item is not possible; nothing was written."""


class PersonalRefused(OutcomeRefused):
    """A proposal does not fit the regulation; ``problems`` names each with its field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].code, **dict(problems[0].facts))
        self.problems = problems
