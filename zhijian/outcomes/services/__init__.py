"""Everything that writes in this room."""

from zhijian.outcomes.services.amounts import type_amount
from zhijian.outcomes.services.compensating import follow
from zhijian.outcomes.services.holding import hold
from zhijian.outcomes.services.personal import (
    NewPersonal,
    answer,
    decide,
    object_to,
    propose,
    withdraw,
)
from zhijian.outcomes.services.remedies import Done, report_done, verify
from zhijian.outcomes.services.settling import reverse, settle
from zhijian.outcomes.services.spending import NewItem, spend, take_back

__all__ = [
    "Done",
    "NewItem",
    "NewPersonal",
    "answer",
    "decide",
    "follow",
    "hold",
    "object_to",
    "propose",
    "report_done",
    "reverse",
    "settle",
    "spend",
    "take_back",
    "type_amount",
    "verify",
    "withdraw",
]
