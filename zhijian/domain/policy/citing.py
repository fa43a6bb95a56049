"""How a clause of a Chinese text is cited in English: 第八条第4项 → Article 8 item 4."""

from __future__ import annotations

import re
from typing import Final

from zhijian.domain.dates.titles import is_english

_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_UNITS: Final = {"十": 10, "百": 100}
_NUMBER: Final = r"[0-9]+|[零一二三四五六七八九十百]+"
_PARTS: Final = {"章": "Chapter", "节": "Section", "条": "Article", "款": "paragraph", "项": "item"}
_APPENDED: Final = {"附件": "Annex", "附表": "Schedule", "附录": "Appendix", "编号": "No."}
_NAMED: Final = {
    "引言": "Introduction",
    "响应标准": "Response standards",
    "总则": "General provisions",
    "附则": "Final provisions",
}
_PART = re.compile(rf"第({_NUMBER})(?:至({_NUMBER}))?([章节条款项目])")
_APPENDIX = re.compile(rf"(附件|附表|附录|编号)({_NUMBER})")
_HEADING = re.compile(r"([一二三四五六七八九十]+)((?:\.[0-9]+)*)((?:\([0-9]+\))*)")
_LATER = re.compile(r"([0-9.]+) ?以后")


def cited(clause: str, language: str) -> str:
    """Return a clause as it is cited in ``language``; one of another shape stays as it is."""
    if not is_english(language) or clause.isascii():
        return clause
    if clause in _NAMED:
        return _NAMED[clause]
    told, rest = [], clause
    while rest:
        found = _PART.match(rest) or _APPENDIX.match(rest)
        if found is None:
            return _whole(clause)
        told.append(_part(found))
        rest = rest[found.end() :].strip()
    return " ".join(told)


def _part(found: re.Match[str]) -> str:
    if found.re is _APPENDIX:
        return f"{_APPENDED[found[1]]} {_number(found[2])}"
    word = _PARTS.get(found[3], "point")
    if found[2]:
        return f"{word}s {_number(found[1])} to {_number(found[2])}"
    return f"{word} {_number(found[1])}"


def _whole(clause: str) -> str:
    heading = _HEADING.fullmatch(clause)
    if heading:
        return f"Part {_number(heading[1])}{heading[2]}{heading[3]}"
    later = _LATER.fullmatch(clause)
    return f"after {later[1]}" if later else clause


def _number(text: str) -> int:
    """Read 17, 十七 or 一百二十."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + digit
