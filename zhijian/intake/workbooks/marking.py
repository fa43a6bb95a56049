"""The user's own workbook, with every bad cell colored and noted, and a list of all problems.

The workbook is not written anew: the XML of the sheets concerned is patched and everything else
stays as it was, byte for byte, so that what people added of their own survives. It is also much
faster than writing all cells again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from xml.sax.saxutils import escape  # nosec B406 - writes, parses nothing

from zhijian.domain.problems import Problem
from zhijian.intake.workbooks import notes, problem_sheet
from zhijian.intake.workbooks.addresses import split_address
from zhijian.intake.workbooks.cell_patching import patch_cells
from zhijian.intake.workbooks.package import Package, SheetPart
from zhijian.intake.workbooks.styles import Styles

Say = Callable[[Problem], str]
Parts = dict[str, bytes]
_TYPES = "[Content_Types].xml"
_BOOK, _BOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def mark(content: bytes, problems: Sequence[Problem], say: Say) -> bytes:
    """Return the workbook with the problems marked; raise ``Refused`` where it cannot be opened."""
    package = Package(content)
    marking = _Marking(package, cache(say))
    by_sheet = _by_sheet(package, problems)
    for place, (part, cells) in enumerate(by_sheet.items()):
        marking.sheet(place, part, cells)
    marking.summary(problems)
    return marking.bytes()


def _by_sheet(
    package: Package, problems: Sequence[Problem]
) -> dict[SheetPart, dict[str, list[Problem]]]:
    """Return the problems of cells by sheet and address."""
    parts = {part.name: part for part in package.sheets}
    found: dict[SheetPart, dict[str, list[Problem]]] = {}
    for each in problems:
        sheet, _, address = each.where.rpartition("!")
        if sheet in parts and all(split_address(address)):
            found.setdefault(parts[sheet], defaultdict(list))[address].append(each)
    return found


class _Marking:
    def __init__(self, package: Package, say: Say) -> None:
        self.package = package
        self.say = say
        self.changed: Parts = {}
        self.styles = Styles(package.part("xl/styles.xml"))

    def part(self, path: str) -> bytes:
        """Return a part as it is now."""
        return self.changed[path] if path in self.changed else self.package.part(path)

    def sheet(self, place: int, part: SheetPart, cells: Mapping[str, list[Problem]]) -> None:
        """Color the cells of one sheet and hang a note on each."""
        told = {
            address: "\n".join(self.say(each) for each in found) for address, found in cells.items()
        }
        patched = patch_cells(self.package.part(part.path), list(told), self.styles)
        paper = notes.Notes(self.part, part.path, f"zhijian{place + 1}")
        self.changed |= paper.added(told, patched)
        for kind, path in paper.new_parts:
            self._type(path, kind)

    def summary(self, problems: Sequence[Problem]) -> None:
        """Append the sheet that lists all problems, each with a link to its cell."""
        taken = {part.name for part in self.package.sheets}
        name = problem_sheet.free_name(taken)
        path = "xl/worksheets/zhijian-problems.xml"
        self.changed[path] = problem_sheet.sheet_xml(
            problems, self.say, {part.name for part in self.package.sheets}
        )
        self._type(
            path, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
        )
        self._link(path, name)

    def _type(self, path: str, kind: str) -> None:
        override = f'<Override PartName="/{path}" ContentType="{kind}"/>'
        if kind == notes.DRAWING:
            if b'Extension="vml"' in self.part(_TYPES):
                return
            override = f'<Default Extension="vml" ContentType="{kind}"/>'
        self.changed[_TYPES] = _before(self.part(_TYPES), b"Types", override)

    def _link(self, path: str, name: str) -> None:
        """Enter the new sheet in the workbook."""
        book = self.part(_BOOK)
        number = max(map(int, re.findall(rb'sheetId="(\d+)"', book)), default=0) + 1
        entry = (
            f'<sheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'name="{escape(name)}" sheetId="{number}" '
            f'xmlns:zj="{_RELATED}" zj:id="zjProblems"/>'
        )
        self.changed[_BOOK] = _before(book, b"sheets", entry)
        link = (
            f'<Relationship Id="zjProblems" Type="{_RELATED}/worksheet" '
            f'Target="{path.removeprefix("xl/")}"/>'
        )
        self.changed[_BOOK_LINKS] = _before(self.part(_BOOK_LINKS), b"Relationships", link)

    def bytes(self) -> bytes:
        """Write the package: changed parts anew, all others as they were."""
        self.changed["xl/styles.xml"] = self.styles.bytes()
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
            for info in self.package.zip.infolist():
                body = self.changed.pop(info.filename, None)
                written.writestr(
                    zipfile.ZipInfo(info.filename),
                    self.package.part(info.filename) if body is None else body,
                    zipfile.ZIP_DEFLATED,
                    1,
                )
            for path, body in self.changed.items():
                written.writestr(zipfile.ZipInfo(path), body, zipfile.ZIP_DEFLATED, 1)
        return content.getvalue()


def _before(xml: bytes, element: bytes, addition: str) -> bytes:
    """Put text before the end of an element, whatever prefix its name has."""
    found = list(re.finditer(rb"</(?:\w+:)?" + element + rb"\s*>", xml))
    if not found:
        raise ValueError(f"no end of {element!r}")
    place = found[-1].start()
    return xml[:place] + addition.encode() + xml[place:]
