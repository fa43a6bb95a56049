"""Reading complaints. Other rooms ask here."""

from zhijian.complaints.queries.history import Earlier, earlier_of
from zhijian.complaints.queries.kinds import Intake, intake_for, intakes
from zhijian.complaints.queries.offices import office_at, office_for, offices_of
from zhijian.complaints.queries.queue import Wanted, by_level, queue
from zhijian.complaints.queries.report import DIMENSIONS, Count, counted
from zhijian.complaints.queries.tracking import case_told, complaint_of

__all__ = [
    "DIMENSIONS",
    "Count",
    "Earlier",
    "Intake",
    "Wanted",
    "by_level",
    "case_told",
    "complaint_of",
    "counted",
    "earlier_of",
    "intake_for",
    "intakes",
    "office_at",
    "office_for",
    "offices_of",
    "queue",
]
