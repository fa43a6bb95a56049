"""Everything that writes in this room."""

from zhijian.reports.services.cancelling import follow_cancellation
from zhijian.reports.services.correcting import follow_correction, hold
from zhijian.reports.services.meetings import NewMinutes, save_minutes
from zhijian.reports.services.publishing import Done, NewDuty, fulfil, note_duty
from zhijian.reports.services.reporting import (
    begin,
    deliver,
    preview,
    reissue,
    save_texts,
    translation,
    withdraw,
)

__all__ = [
    "Done",
    "NewDuty",
    "NewMinutes",
    "begin",
    "deliver",
    "follow_cancellation",
    "follow_correction",
    "fulfil",
    "hold",
    "note_duty",
    "preview",
    "reissue",
    "save_minutes",
    "save_texts",
    "translation",
    "withdraw",
]
