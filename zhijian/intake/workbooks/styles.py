"""Styles of a workbook: for each style that a bad cell has, a twin with a warning color."""

from __future__ import annotations

import re

_FILL = (
    b'<fill xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor indexed="64"/>'
    b"</patternFill></fill>"
)
_NOTHING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    b'<borders count="1"><border/></borders>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellXfs>'
    b"</styleSheet>"
)
_XF = re.compile(rb"<(?:\w+:)?xf\b[^>]*?/>|<(?:\w+:)?xf\b[^>]*?>.*?</(?:\w+:)?xf\s*>", re.DOTALL)


class Styles:
    """The part ``styles.xml``; twins are appended, nothing that is there changes."""

    def __init__(self, xml: bytes) -> None:
        self.xml = xml or _NOTHING
        fills = _inside(self.xml, b"fills")
        formats = _inside(self.xml, b"cellXfs")
        self._fill = len(re.findall(rb"<(?:\w+:)?fill[\s>]", fills[1]))
        self._formats = _XF.findall(formats[1])
        self._twins: dict[int, int] = {}

    def twin(self, style: int) -> int:
        """Return the number of the colored twin of a style."""
        if style not in self._twins:
            self._twins[style] = len(self._formats) + len(self._twins)
        return self._twins[style]

    def bytes(self) -> bytes:
        """Return the part with the color and the twins appended."""
        xml = _appended(self.xml, b"fills", [_FILL])
        return _appended(xml, b"cellXfs", [self._colored(style) for style in self._twins])

    def _colored(self, style: int) -> bytes:
        known = self._formats[style] if style < len(self._formats) else self._formats[0]
        head, end, rest = known.partition(b">")
        closing = b"/" if head.endswith(b"/") else b""
        head = re.sub(rb'\s(fillId|applyFill)="[^"]*"', b"", head.removesuffix(b"/"))
        return head + b' fillId="%d" applyFill="1"' % self._fill + closing + end + rest


def _inside(xml: bytes, element: bytes) -> tuple[int, bytes, int]:
    """Return where the content of an element begins, the content, and where it ends."""
    found = re.search(
        rb"<(?:\w+:)?" + element + rb"\b[^>]*>(.*?)</(?:\w+:)?" + element + rb"\s*>", xml, re.DOTALL
    )
    if found is None:
        raise ValueError(f"no {element!r} in the styles")
    return found.start(1), found[1], found.end(1)


def _appended(xml: bytes, element: bytes, items: list[bytes]) -> bytes:
    start, content, end = _inside(xml, element)
    xml = xml[:start] + content + b"".join(items) + xml[end:]

    def counted(found: re.Match[bytes]) -> bytes:
        return found[1] + b'count="%d"' % (int(found[2]) + len(items))

    pattern = rb"(<(?:\w+:)?" + element + rb'\b[^>]*?)count="(\d+)"'
    return re.sub(pattern, counted, xml, count=1)
