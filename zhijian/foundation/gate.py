"""The question "may this person do this?", asked by foundation without knowing roles.

``accounts`` answers it and installs its answer at start-up; until then everything is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Answer = Callable[[Any, str, int | None], bool]


def _nobody_may(user: Any, permission: str, unit_id: int | None) -> bool:
    return False


_answer: list[Answer] = [_nobody_may]


def install(answer: Answer) -> None:
    """Let ``answer`` decide from now on."""
    _answer[0] = answer


def may(user: Any, permission: str, unit_id: int | None = None) -> bool:
    """Tell whether ``user`` holds ``permission``, for ``unit_id`` when one is named."""
    return _answer[0](user, permission, unit_id)
