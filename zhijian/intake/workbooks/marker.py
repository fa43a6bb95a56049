"""What a workbook says about itself in defined names: whose template it is, and what is where.

Defined names are seen by nobody who fills in the workbook, and a spreadsheet keeps them right
when sheets and columns are renamed or moved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.pack import Pack
from zhijian.intake.workbooks.layout import LAYOUT_VERSION

PREFIX = "zhijian."
_TEXT = re.compile(r'"((?:[^"]|"")*)"')
_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?1")


@dataclass(frozen=True, slots=True)
class Marker:
    """The pack, its version and digest, the period; and the cell of each header by column id.

    ``columns`` maps ``kind.field`` to the sheet's present name and the letters of the column.
    """

    pack: str = ""
    version: str = ""
    digest: str = ""
    layout: str = ""
    period: str = ""
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def sheets(self) -> Mapping[str, str]:
        """Return the present name of each kind's sheet."""
        return {key.partition(".")[0]: sheet for key, (sheet, _) in self.columns.items()}


def texts(pack: Pack, digest: str, period: Period | None) -> dict[str, str]:
    """Return what a template says about itself, by defined name."""
    return {
        f"{PREFIX}pack": pack.id,
        f"{PREFIX}version": pack.header.version,
        f"{PREFIX}digest": digest,
        f"{PREFIX}layout": LAYOUT_VERSION,
        f"{PREFIX}period": period.id if period else "",
    }


def column_name(sheet: str, column: str) -> str:
    """Return the defined name of a header cell."""
    return f"{PREFIX}column.{sheet}.{column}"


def read_marker(names: Mapping[str, str]) -> Marker:
    """Read the defined names of a workbook; other people's names are left alone."""
    said: dict[str, str] = {}
    columns: dict[str, tuple[str, str]] = {}
    for name, refers_to in names.items():
        if not name.startswith(PREFIX):
            continue
        rest = name.removeprefix(PREFIX)
        text, cell = _TEXT.fullmatch(refers_to), _REFERENCE.fullmatch(refers_to)
        if rest.startswith("column.") and cell:
            sheet = (cell[1] or cell[2]).replace("''", "'")
            columns[rest.removeprefix("column.")] = (sheet, cell[3])
        elif text:
            said[rest] = text[1].replace('""', '"')
    known = {key: said.get(key, "") for key in ("pack", "version", "digest", "layout", "period")}
    return Marker(**known, columns=columns)
