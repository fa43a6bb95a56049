"""A case for whoever complained: found by its number together with the phone or the code."""

from __future__ import annotations

from django.utils.crypto import constant_time_compare

from zhijian.complaints.keys import caller_of, is_code_of
from zhijian.complaints.models import Complaint
from zhijian.complaints.phones import plain

_LONGEST = 40


def case_told(number: str, secret: str, *, by_phone: bool = True) -> Complaint | None:
    """Return the complaint with a number, if the code belongs to it, or the phone where it may."""
    row = _rows().filter(case__number=number.strip().upper()[:_LONGEST]).first()
    # As much is worked out where there is no such number, so that the answer takes as long.
    is_code = is_code_of(row.case.number if row else "-", secret)
    is_phone = constant_time_compare(row.caller if row else "-", caller_of(plain(secret)) or "?")
    return row if is_code or (is_phone and by_phone) else None


def complaint_of(case_id: int) -> Complaint | None:
    """Return the complaint that a case is."""
    return _rows().filter(case_id=case_id).first()


def _rows():  # noqa: ANN202
    return Complaint.objects.select_related("case__pack_version", "case__unit", "office")
