"""Everything that writes in this room."""

from zhijian.complaints.services.offices import NewOffice, close_office, make_office, open_office
from zhijian.complaints.services.receiving import receive, receive_from_public, take_for_customer
from zhijian.complaints.services.registering import catch_up, register_anew, register_new

__all__ = [
    "NewOffice",
    "catch_up",
    "close_office",
    "make_office",
    "open_office",
    "receive",
    "receive_from_public",
    "register_anew",
    "register_new",
    "take_for_customer",
]
