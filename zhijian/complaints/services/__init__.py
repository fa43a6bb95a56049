"""Everything that writes in this room."""

from zhijian.complaints.services.offices import NewOffice, close_office, make_office, open_office
from zhijian.complaints.services.receiving import receive, receive_from_public, take_for_customer
from zhijian.complaints.services.registering import follow, register_anew, register_missing

__all__ = [
    "NewOffice",
    "close_office",
    "follow",
    "make_office",
    "open_office",
    "receive",
    "receive_from_public",
    "register_anew",
    "register_missing",
    "take_for_customer",
]
