"""Which events people are told about. Rooms register theirs at start-up.

The words of an event stand in ``wording/catalogue/notifications.yaml``: ``notify.<code>.name`` for
lists of events, ``.title`` for one line, ``.text`` for the person who is told. A title also goes to
group chats, which many people read: it may hold ``PUBLIC_FACTS`` and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What may stand in a group chat: never a person, a telephone number or what somebody wrote.
PUBLIC_FACTS = frozenset(
    {"count", "days", "due_on", "kind", "number", "period", "regulation", "state", "unit"}
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something people are told about; ``for_groups`` when robots may be told too."""

    code: str
    for_groups: bool = False


_registered: dict[str, Event] = {}


def register(*events: Event) -> None:
    """Let people be told about ``events``; registering one again replaces it."""
    _registered.update({event.code: event for event in events})


def event(code: str) -> Event:
    """Return a registered event; another one is a fault of the program and raises ``KeyError``."""
    return _registered[code]


def registered() -> tuple[Event, ...]:
    """Return every event in the order of the codes."""
    return tuple(_registered[code] for code in sorted(_registered))
