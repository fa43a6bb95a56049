"""Give cells of a sheet another style, in the XML as it stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from zhijian.intake.workbooks.addresses import column_number, split_address
from zhijian.intake.workbooks.styles import Styles

_ROW = re.compile(rb"<((?:\w+:)?)row\b([^>]*?)(/?)>")
_NUMBER = re.compile(rb"""\sr=["'](\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)/?>")
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]+)\d+["']""")
_STYLE = re.compile(rb"""\ss=["'](\d+)["']""")


def patch_cells(xml: bytes, addresses: Sequence[str], styles: Styles) -> bytes:
    """Return the sheet with the twin style at each address; cells that are not there are added."""
    wanted: defaultdict[int, list[str]] = defaultdict(list)
    for address in addresses:
        letters, row = split_address(address)
        wanted[row].append(letters)
    return b"".join(_pieces(xml, wanted, styles))


def _pieces(xml: bytes, wanted: dict[int, list[str]], styles: Styles) -> Iterator[bytes]:
    """Yield the sheet: untouched stretches as they are, wanted rows patched, missing rows added."""
    done, prefix = 0, b""
    waiting = sorted(wanted)
    for start, end, number in _rows(xml, waiting):
        prefix = _ROW.match(xml, start)[1]  # type: ignore[index]  # ``_rows`` has matched it
        while waiting and waiting[0] < number:
            yield xml[done:start]
            done = start
            row = waiting.pop(0)
            yield _new_row(row, wanted[row], prefix, styles)
        if waiting and waiting[0] == number:
            yield xml[done:start]
            yield _patched(xml[start:end], waiting.pop(0), wanted[number], styles)
            done = end
    end = _end_of_data(xml, done)
    yield xml[done:end]
    yield b"".join(_new_row(row, wanted[row], prefix, styles) for row in waiting)
    yield xml[end:]


def _rows(xml: bytes, waiting: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yield where rows begin and end; rows between two wanted ones are passed over quickly."""
    place, number = 0, 0
    while waiting:
        place = _near(xml, place, waiting[0])
        found = _ROW.search(xml, place)
        if found is None:
            return
        told = _NUMBER.search(found[2])
        number = int(told[1]) if told else number + 1
        end = found.end()
        if not found[3]:
            closing = b"</" + found[1] + b"row>"
            end = xml.find(closing, end) + len(closing)
        yield found.start(), end, number
        place = end


def _near(xml: bytes, place: int, row: int) -> int:
    """Return where a row begins if it is written the usual way, else where to go on looking."""
    found = xml.find(b'<row r="%d"' % row, place)
    return max(found, place)


def _end_of_data(xml: bytes, place: int) -> int:
    for closing in (b"</sheetData>", b":sheetData>"):
        found = xml.find(closing, place)
        if found >= 0:
            return xml.rfind(b"<", 0, found + 1)
    return len(xml)


def _new_row(row: int, columns: list[str], prefix: bytes, styles: Styles) -> bytes:
    cells = b"".join(_new_cell(letters, row, prefix, styles, 0) for letters in _sorted(columns))
    return b'<%brow r="%d">%b</%brow>' % (prefix, row, cells, prefix)


def _new_cell(letters: str, row: int, prefix: bytes, styles: Styles, style: int) -> bytes:
    return b'<%bc r="%b%d" s="%d"/>' % (prefix, letters.encode(), row, styles.twin(style))


def _sorted(columns: list[str]) -> list[str]:
    return sorted(set(columns), key=column_number)


def _patched(piece: bytes, row: int, columns: list[str], styles: Styles) -> bytes:
    """Return a row with its bad cells colored; empty ones are added in their order."""
    head = _ROW.match(piece)
    if head is None:
        return piece
    prefix = head[1]
    waiting = _sorted(columns)
    if not head[3] and (quick := _quickly(piece, row, waiting, styles)):
        return quick
    if head[3]:
        cells = b"".join(_new_cell(each, row, prefix, styles, 0) for each in waiting)
        return piece[: head.end(2)] + b">" + cells + b"</%brow>" % prefix
    recolor = _recoloring(row, waiting, prefix, styles)
    body = _CELL.sub(recolor, piece[head.end() :])
    rest = b"".join(_new_cell(each, row, prefix, styles, 0) for each in waiting)
    closing = body.rfind(b"</")
    return piece[: head.end()] + body[:closing] + rest + body[closing:]


def _quickly(piece: bytes, row: int, columns: list[str], styles: Styles) -> bytes:
    """Color cells that are all there and written the usual way; else return nothing."""
    for letters in columns:
        start = piece.find(b'<c r="%b%d"' % (letters.encode(), row))
        end = piece.find(b">", start)
        if start < 0 or end < 0:
            return b""
        piece = piece[:start] + _colored(piece[start : end + 1], styles) + piece[end + 1 :]
    return piece


def _recoloring(
    row: int, waiting: list[str], prefix: bytes, styles: Styles
) -> Callable[[re.Match[bytes]], bytes]:
    place = 0

    def recolor(found: re.Match[bytes]) -> bytes:
        nonlocal place
        told = _REFERENCE.search(found[1])
        place = column_number(told[1].decode()) if told else place + 1
        before = b""
        while waiting and column_number(waiting[0]) < place:
            before += _new_cell(waiting.pop(0), row, prefix, styles, 0)
        if waiting and column_number(waiting[0]) == place:
            waiting.pop(0)
            return before + _colored(found[0], styles)
        return before + found[0]

    return recolor


def _colored(cell: bytes, styles: Styles) -> bytes:
    told = _STYLE.search(cell)
    style = int(told[1]) if told else 0
    plain = _STYLE.sub(b"", cell)
    head = re.match(rb"<(?:\w+:)?c\b", plain)
    end = head.end() if head else 2
    return plain[:end] + b' s="%d"' % styles.twin(style) + plain[end:]
