"""Reading call-backs. Other rooms ask here."""

from zhijian.callbacks.queries.draws import (
    calls_of,
    check_for,
    checks_of,
    draw_for,
    draws_seen,
    is_repeatable,
)
from zhijian.callbacks.queries.ledger import BY, Ledger, Line, ledger, pending_count
from zhijian.callbacks.queries.mine import waiting_for
from zhijian.callbacks.queries.rows import (
    ALL,
    CONCLUDED,
    DISSATISFIED,
    DUE,
    MINE,
    SATISFIED,
    SHOWN,
    Wanted,
    call_back_for,
    exclusion_for,
    kinds,
    of_case,
    rows,
    with_names,
)
from zhijian.callbacks.queries.standing import CallStanding, standing_of
from zhijian.callbacks.queries.verifying import differences

__all__ = [
    "ALL",
    "BY",
    "CONCLUDED",
    "DISSATISFIED",
    "DUE",
    "MINE",
    "SATISFIED",
    "SHOWN",
    "CallStanding",
    "Ledger",
    "Line",
    "Wanted",
    "call_back_for",
    "calls_of",
    "check_for",
    "checks_of",
    "differences",
    "draw_for",
    "draws_seen",
    "exclusion_for",
    "is_repeatable",
    "kinds",
    "ledger",
    "of_case",
    "pending_count",
    "rows",
    "standing_of",
    "waiting_for",
    "with_names",
]
