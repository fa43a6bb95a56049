"""The register as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhijian.foundation.lists import PLAIN, Column, List


def register_list(lines: Sequence[dict[str, Any]]) -> List:
    """Return incidents with the same columns as on the page."""
    columns = (
        Column(_("编号")), Column(_("标题")), Column(_("类别")), Column(_("发生时间")),
        Column(_("地点")), Column(_("等级")), Column(_("报告次数"), PLAIN), Column(_("迟报")),
        Column(_("状态")), Column(_("单位")),
    )  # fmt: skip
    rows = [_row(each) for each in lines]
    return List(_("事件事故"), columns, rows)


def _row(line: dict[str, Any]) -> tuple[str, ...]:
    case, row, words = line["case"], line["case"].incident, line["words"]
    return (
        case.number, case.title, line["sort"],
        f"{timezone.localtime(row.happened_at):%Y-%m-%d %H:%M}", row.place, words.level,
        str(row.reports), _("是") if row.was_late else _("否"), words.state, case.unit.name,
    )  # fmt: skip
