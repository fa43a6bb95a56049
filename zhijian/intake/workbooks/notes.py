"""Notes on cells: the part with the texts, the drawing that shows them, and the links to both."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape  # nosec B406 - writes, parses nothing

from zhijian.intake.workbooks.addresses import column_number, split_address

COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_LINKS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships '
    b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_NO_COMMENTS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<comments xmlns="%b"><authors></authors><commentList></commentList></comments>'
) % _MAIN.encode()
_NO_DRAWING = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    b'xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    b'<o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" '
    b'coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>'
    b"</v:shapetype></xml>"
)
_SHAPE = (
    '<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" '
    'style="position:absolute;margin-left:60pt;margin-top:2pt;width:220pt;'
    'height:70pt;z-index:{place};visibility:hidden" '
    'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False'
    "</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
)
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
    'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_FIRST_SHAPE = 500_001
# The drawing of notes comes after these elements of a sheet and before these others.
_AFTER_DRAWING = re.compile(
    rb"<(?:\w+:)?(?:legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"
)


class Notes:
    """The notes of one sheet; what the sheet has already is kept."""

    def __init__(self, part: Callable[[str], bytes], sheet: str, name: str) -> None:
        self._part = part
        self.sheet = sheet
        folder, file = posixpath.split(sheet)
        self.links_path = f"{folder}/_rels/{file}.rels"
        self.links = part(self.links_path) or _NO_LINKS
        self.name = name
        self.new_parts: list[tuple[str, str]] = []

    def added(self, told: Mapping[str, str], sheet: bytes) -> dict[str, bytes]:
        """Return the parts that change: texts, drawing, links and the sheet itself."""
        comments_path = self._target("comments", f"xl/{self.name}-comments.xml", COMMENTS)
        drawing_path = self._target("vmlDrawing", f"xl/drawings/{self.name}.vml", DRAWING)
        if b"legacyDrawing " not in sheet:
            sheet = self._with_drawing(sheet)
        return {
            comments_path: _texts(self._part(comments_path) or _NO_COMMENTS, told),
            drawing_path: _shapes(self._part(drawing_path) or _NO_DRAWING, told),
            self.links_path: self.links,
            self.sheet: sheet,
        }

    def _target(self, kind: str, path: str, type_: str) -> str:
        """Return the part of one kind that the sheet has; enter a new one where it has none."""
        for link in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", self.links):
            if f'/{kind}"'.encode() in link:
                target = re.search(rb'Target="([^"]*)"', link)
                folder = posixpath.dirname(self.sheet)
                found = target[1].decode() if target else ""
                joined = found if found.startswith("/") else posixpath.join(folder, found)
                return posixpath.normpath(joined).lstrip("/")
        link = (
            f'<Relationship Id="zj-{kind}" Type="{_OFFICE}/{kind}" Target="/{path}"/></'
        ).encode()
        place = self.links.rfind(b"</")
        self.links = self.links[:place] + link + self.links[place + 2 :]
        self.new_parts.append((type_, path))
        return path

    def _with_drawing(self, sheet: bytes) -> bytes:
        element = (
            f'<legacyDrawing xmlns="{_MAIN}" xmlns:zj="{_OFFICE}" zj:id="{self._drawing_id()}"/>'
        ).encode()
        data = max(sheet.rfind(b"</sheetData>"), sheet.rfind(b":sheetData>"), 0)
        later = _AFTER_DRAWING.search(sheet, data)
        place = later.start() if later else sheet.rfind(b"</")
        return sheet[:place] + element + sheet[place:]

    def _drawing_id(self) -> str:
        for link in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", self.links):
            if b'/vmlDrawing"' in link and (found := re.search(rb'\bId="([^"]*)"', link)):
                return found[1].decode()
        return "zj-vmlDrawing"


def _texts(xml: bytes, told: Mapping[str, str]) -> bytes:
    """Add the texts; a note that a cell had is replaced, for a cell can hold only one."""
    held = set(re.findall(rb'<(?:\w+:)?comment\b[^>]*?\bref="([A-Z]+\d+)"', xml))
    for address in told:
        if address.encode() in held:
            pattern = (
                rb'<((?:\w+:)?)comment\b[^>]*?\bref="' + address.encode() + rb'".*?</\1comment>'
            )
            xml = re.sub(pattern, b"", xml, count=1, flags=re.DOTALL)
    authors = re.search(rb"<((?:\w+:)?)authors\b[^>]*?(/?)>", xml)
    number = len(re.findall(rb"<(?:\w+:)?author[\s>]", xml))
    if authors and authors[2]:
        opened = authors[0].replace(b"/>", b"><author>\xe8\xb4\xa8\xe9\x89\xb4</author>")
        xml = xml.replace(authors[0], opened + b"</%bauthors>" % authors[1], 1)
    else:
        xml = re.sub(
            rb"</(?:\w+:)?authors>",
            lambda end: f'<author xmlns="{_MAIN}">质鉴</author>'.encode() + end[0],
            xml,
            count=1,
        )
    added = "".join(
        f'<comment ref="{address}" authorId="{number}"><text><t xml:space="preserve">'
        f"{escape(text)}</t></text></comment>"
        for address, text in told.items()
    )
    place = xml.rfind(b"</", 0, xml.rfind(b"commentList>"))
    place = xml.rfind(b"</") if place < 0 else place
    end = re.search(rb"</(?:\w+:)?commentList>", xml)
    place = end.start() if end else place
    return xml[:place] + added.encode() + xml[place:]


def _shapes(xml: bytes, told: Mapping[str, str]) -> bytes:
    # Some programs write the drawing with prefixes of their own.
    names = "" if all(each.encode() in xml for each in _SPACES) else " " + " ".join(_SPACES)
    shapes = []
    for place, address in enumerate(told, start=1):
        letters, row = split_address(address)
        shapes.append(
            _SHAPE.format(
                names=names,
                number=_FIRST_SHAPE + place,
                place=place,
                row=row - 1,
                column=column_number(letters) - 1,
            )
        )
    end = xml.rfind(b"</xml>")
    return xml[:end] + "".join(shapes).encode() + xml[end:]
