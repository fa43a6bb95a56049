"""The decisions about persons as a list that people open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhijian.domain.policy.citing import cited
from zhijian.foundation.language import language
from zhijian.foundation.lists import TWO_PLACES, Column, List
from zhijian.outcomes.models import PersonalDecision


def personal_list(rows: Iterable[PersonalDecision]) -> List:
    """Return the rows with their columns; amounts are in yuan."""
    titles = (
        _("编号"), _("当事人"), _("单位"), _("事由"), _("措施"), _("状态"), _("生效日期"),
        _("依据"), _("制度版本"),
    )  # fmt: skip
    columns = [Column(title) for title in titles]
    columns.insert(5, Column(_("金额（元）"), TWO_PLACES))
    return List(_("个人奖惩"), columns, (_cells(row) for row in rows))


def _cells(row: PersonalDecision) -> list[str]:
    return [
        row.code,
        row.person.display_name,
        row.unit_name,
        row.ground_label,
        row.measure_label,
        "" if row.amount is None else f"{row.amount:.2f}",
        str(row.get_state_display()),
        row.effective_on.isoformat() if row.effective_on else "",
        cited(row.cites, language()),
        f"{row.pack_version.label} {row.pack_version.version}",
    ]
