"""``for_each``: the same few lines for several things, without writing them out again and again.

A scheme with twenty measures that are all scored alike states the lines once and the measures in
a list. The lines are unfolded before anything else is read, so that the working-out shows every
one of them by its own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from zhijian.domain.policy.raw import Fields, Raw, Reading, as_text, entries, refuse

MOST_LINES = 1000
"""More lines than this nobody reads; a scheme that needs them is several schemes."""
_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def unfold(reading: Reading, items: tuple[Raw, ...]) -> Iterator[Raw]:
    """Yield the lines, each ``{for_each: [{m: a}, {m: b}], lines: […]}`` written out in full."""
    for raw in items:
        if not isinstance(raw.value, Mapping) or "for_each" not in raw.value:
            yield raw
            continue
        written = reading.attempt(lambda raw=raw: _written_out(reading, raw))  # type: ignore[misc]
        yield from unfold(reading, written or ())


def _written_out(reading: Reading, raw: Raw) -> tuple[Raw, ...]:
    fields = reading.fields(raw)
    rows = [_row(each) for each in _some(fields, "for_each")]
    lines = _some(fields, "lines")
    fields.close()
    if len(rows) * len(lines) > MOST_LINES:
        raise refuse(raw, "scoring.too_many_lines", found=len(rows) * len(lines), limit=MOST_LINES)
    return tuple(_filled(line, row) for row in rows for line in lines)


def _some(fields: Fields, key: str) -> tuple[Raw, ...]:
    raw = fields.need(key)
    items = fields.items(key)
    if not items:
        raise refuse(raw, "policy.empty_list")
    return items


def _row(raw: Raw) -> dict[str, str]:
    return {name: as_text(each) for name, each in entries(raw)}


def _filled(raw: Raw, row: Mapping[str, str]) -> Raw:
    """Put the words of the row in place of ``{name}``, in keys and in values."""
    value = raw.value
    if isinstance(value, str):
        return Raw(_text(raw, value, row), raw.file, raw.line)
    if isinstance(value, tuple):
        return Raw(tuple(_filled(each, row) for each in value), raw.file, raw.line)
    if isinstance(value, Mapping):
        filled = {_text(each, key, row): _filled(each, row) for key, each in value.items()}
        return Raw(filled, raw.file, raw.line)
    return raw


def _text(raw: Raw, text: str, row: Mapping[str, str]) -> str:
    for name in _NAME.findall(text):
        if name not in row:
            raise refuse(raw, "scoring.unknown_placeholder", name=name, known=", ".join(row))
    return _NAME.sub(lambda found: row[found.group(1)], text)
