"""The call-backs of a case as its page shows them."""

from __future__ import annotations

from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.callbacks import queries
from zhijian.callbacks.linked import of_case
from zhijian.callbacks.models import CallState
from zhijian.callbacks.showing import LOOKS
from zhijian.cases.to_domain import Standing
from zhijian.foundation.language import language


def fill(user: Any, case: Any, standing: Standing) -> dict[str, Any]:
    """Return the call-backs of a case for its page; nothing where nobody is called back."""
    rules = standing.kind.call_backs
    rows = queries.of_case(case.pk) if rules else []
    if not rows:
        return {}
    return {
        "case_id": case.pk,
        "may_act": accounts.may(user, "cases.act"),
        "linked": of_case(user, case),
        "lines": [
            {
                "row": row,
                "title": rules[row.rule].title.to(language()) if row.rule in rules else "",
                "looks": LOOKS[CallState(row.state)],
            }
            for row in rows
        ],
    }
