"""What a person is shown first after signing in, by whom it is registered.

Whether something has to be put in order before work begins is known to rooms above this one; they
leave their question here when the program starts. A register is read; nobody is notified.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhijian.accounts.models import User

Question = Callable[["User"], str]
"""Returns the address of the page that comes first for a person, or nothing."""

_REGISTERED: list[Question] = []


def register(question: Question) -> None:
    """Have ``question`` asked after every sign-in."""
    if question not in _REGISTERED:
        _REGISTERED.append(question)


def first_page(user: User) -> str:
    """Return the address of the page that comes first, or nothing."""
    return next((page for page in (ask(user) for ask in _REGISTERED) if page), "")
