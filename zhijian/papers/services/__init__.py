"""Everything that writes in this room."""

from zhijian.papers.services.following import follow
from zhijian.papers.services.handing import extend, note_receipt, receive, withdraw
from zhijian.papers.services.issuing import issue, preview
from zhijian.papers.services.reading import opened

__all__ = [
    "extend",
    "follow",
    "issue",
    "note_receipt",
    "opened",
    "preview",
    "receive",
    "withdraw",
]
