"""Everything that writes in this room."""

from zhijian.incidents.services.circulating import take_note
from zhijian.incidents.services.owners import keep_owners
from zhijian.incidents.services.registering import follow, register_anew
from zhijian.incidents.services.reporting import report
from zhijian.incidents.services.settling import (
    JUDGE,
    open_again,
    raise_concealment,
    say_none,
    say_reported,
)

__all__ = [
    "JUDGE",
    "follow",
    "keep_owners",
    "open_again",
    "raise_concealment",
    "register_anew",
    "report",
    "say_none",
    "say_reported",
    "take_note",
]
