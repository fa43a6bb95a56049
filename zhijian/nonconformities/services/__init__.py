"""Everything that writes in this room."""

from zhijian.nonconformities.services.checking import check_action
from zhijian.nonconformities.services.controlling import sweep
from zhijian.nonconformities.services.deciding import (
    NewProposal,
    accept,
    decline,
    make_proposal,
    merge,
)
from zhijian.nonconformities.services.planning import (
    Measure,
    NewCause,
    NewLine,
    add_cause,
    add_line,
    drop_cause,
    drop_line,
    finish_line,
    set_measure,
)
from zhijian.nonconformities.services.registering import follow, register_anew, register_missing
from zhijian.nonconformities.services.teaching import NewLesson, teach, use
from zhijian.nonconformities.services.telling import EVENTS

__all__ = [
    "EVENTS",
    "Measure",
    "NewCause",
    "NewLesson",
    "NewLine",
    "NewProposal",
    "accept",
    "add_cause",
    "add_line",
    "check_action",
    "decline",
    "drop_cause",
    "drop_line",
    "finish_line",
    "follow",
    "make_proposal",
    "merge",
    "register_anew",
    "register_missing",
    "set_measure",
    "sweep",
    "teach",
    "use",
]
