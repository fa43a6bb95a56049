"""The matrix as a list that people open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from zhijian.assessments.matrix_page import Line
from zhijian.assessments.statuses import status_words
from zhijian.assessments.words import awaited_in_words
from zhijian.domain.scoring.scheme import Scheme
from zhijian.foundation.language import language
from zhijian.foundation.lists import TWO_PLACES, Column, List


def matrix_list(
    scheme: Scheme, lines: Sequence[Line], words: Mapping[str, str], under: str
) -> List:
    """Return the rows of the matrix with the columns of the scheme.

    ``words`` tells the grades, ``under`` names the regulation with its version.
    """
    parts = [scheme.line(name).title.to(language()) for name in scheme.components]
    columns = [
        Column(_("单位")),
        Column(_("状态")),
        *(Column(part, TWO_PLACES) for part in parts),
        Column(_("考核得分"), TWO_PLACES),
        Column(_("等次")),
        Column(_("金额(元)"), TWO_PLACES),
    ]
    awaits = any(line.money.awaited for line in lines)
    if awaits:
        columns.append(Column(_("待填写的金额")))
    return List(_("考核结果"), columns, _rows(lines, words, awaits), under)


def _rows(lines: Iterable[Line], words: Mapping[str, str], awaits: bool) -> Iterator[list[str]]:
    for line in lines:
        yield [
            line.unit,
            status_words(line.status),
            *(cell.score for cell in line.cells),
            "" if line.score is None else f"{line.score:.2f}",
            words.get(line.grade, line.grade),
            "" if line.money.amount is None else f"{line.money.amount:.2f}",
            *([awaited_in_words(line.money, language())] if awaits else []),
        ]
