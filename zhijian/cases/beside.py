"""What other rooms show on the page of a case, by whom it is registered: papers, and the like.

A room above this one leaves a template and a function that fills it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from zhijian.cases.models import Case
from zhijian.cases.to_domain import Standing

Fill = Callable[[Any, Case, Standing], dict[str, Any]]
"""Returns what a template shows to a person of a case; nothing where there is nothing to show."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A part of the page: its template, and what it shows."""

    template: str
    facts: dict[str, Any]


_registered: dict[str, Fill] = {}


def register(template: str, fill: Fill) -> None:
    """Show ``template`` on the page of every case for which ``fill`` returns something."""
    _registered[template] = fill


def beside(user: Any, case: Case, standing: Standing) -> Iterable[Beside]:
    """Return the parts that other rooms show to a person on the page of a case."""
    told = ((name, _registered[name](user, case, standing)) for name in sorted(_registered))
    return [Beside(name, facts) for name, facts in told if facts]
