"""The book of compensation as a list that people open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhijian.domain.policy.citing import cited
from zhijian.foundation.language import language
from zhijian.foundation.lists import TWO_PLACES, Column, List
from zhijian.outcomes.models import CompensationEntry


def compensation_list(rows: Iterable[CompensationEntry]) -> List:
    """Return the entries with their columns; amounts are in yuan."""
    columns = [
        Column(_("编号")), Column(_("日期")), Column(_("类别")), Column(_("案件编号")),
        Column(_("单位")), Column(_("赔偿依据")), Column(_("条款")),
        Column(_("索赔金额（元）"), TWO_PLACES), Column(_("金额（元）"), TWO_PLACES),
        Column(_("大写")),
    ]  # fmt: skip
    return List(_("赔偿台账"), columns, (_cells(row) for row in rows))


def _cells(row: CompensationEntry) -> list[str]:
    return [
        row.code,
        row.on.isoformat(),
        str(row.get_word_display()),
        row.case.number,
        row.unit_name,
        row.label,
        cited(row.cites, language()),
        "" if row.claimed is None else f"{row.claimed:.2f}",
        f"{row.amount:.2f}",
        row.capitals,
    ]
