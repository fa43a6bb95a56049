"""The ledger as a list that people open in a spreadsheet: exactly the rows that are seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from zhijian.domain.policy.citing import cited
from zhijian.foundation.language import language
from zhijian.foundation.lists import TWO_PLACES, Column, List
from zhijian.outcomes.models import LedgerEntry


def ledger_list(rows: Iterable[LedgerEntry]) -> List:
    """Return the rows with their columns; amounts are in yuan."""
    has_capitals = language() == "zh"
    columns = (
        Column(_("编号")),
        Column(_("生效日期")),
        Column(_("考核期")),
        Column(_("单位")),
        Column(_("奖惩事项")),
        Column(_("等次")),
        Column(_("金额（元）"), TWO_PLACES),
        *([Column(_("大写"))] if has_capitals else []),
        Column(_("依据")),
        Column(_("完成期限")),
        Column(_("冲销")),
        Column(_("制度版本")),
    )
    return List(_("奖惩台账"), columns, (list(_told(row, has_capitals)) for row in rows))


def _told(row: LedgerEntry, has_capitals: bool) -> Iterator[str]:
    yield row.code
    yield row.effective_on.isoformat()
    yield row.period
    yield row.unit_name
    yield row.label
    yield row.grade_label
    yield "" if row.awaits_amount else f"{row.amount:.2f}"
    if has_capitals:
        yield row.capitals
    yield cited(row.cites, language())
    yield row.due_on.isoformat() if row.due_on else ""
    yield row.reverses.code if row.reverses else ""
    yield named_version(row)


def named_version(row: LedgerEntry) -> str:
    """Return the regulation an entry rests on, with its version (SYS-17)."""
    version = row.assessment.pack_version
    return f"{version.label} {version.version}"
