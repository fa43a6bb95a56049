"""The remedial measures as a list that people open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from zhijian.foundation.lists import Column, List
from zhijian.outcomes.exports import named_version
from zhijian.outcomes.models import Remedy
from zhijian.outcomes.queries import is_late


def remedies_list(rows: Iterable[Remedy], today: date) -> List:
    """Return the rows with their columns."""
    titles = (
        _("单位"), _("编号"), _("考核期"), _("整改措施"), _("要求"), _("完成期限"), _("状态"),
        _("制度版本"),
    )  # fmt: skip
    columns = tuple(Column(title) for title in titles)
    return List(_("整改台账"), columns, (_cells(row, today) for row in rows))


def _cells(row: Remedy, today: date) -> list[str]:
    entry = row.entry
    return [
        entry.unit_name,
        entry.code,
        entry.period,
        entry.label,
        entry.demand,
        entry.due_on.isoformat() if entry.due_on else "",
        _("已逾期") if is_late(row, today) else str(row.get_state_display()),
        named_version(entry),
    ]
