"""Counts of complaints as files."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from zhijian.complaints.queries import Count
from zhijian.foundation.lists import PLAIN, Column, List


def counts_list(title: str, counts: Sequence[Count]) -> List:
    """Return counts with the same columns as on the page."""
    columns = (
        Column(title),
        Column(_("件数"), PLAIN),
        Column(_("在办"), PLAIN),
        Column(_("已逾期"), PLAIN),
        Column(_("已结束"), PLAIN),
    )
    lines = [
        (each.label, str(each.total), str(each.open), str(each.overdue), str(each.ended))
        for each in counts
    ]
    return List(title, columns, lines)
