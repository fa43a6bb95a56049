"""Which files a version adds, modifies and deletes: the lines of its revision record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhijian.domain.policy.raw import Raw
from zhijian.packs.contents import Contents, raws_of


def revisions(former: Contents, new: Contents) -> Iterator[dict[str, str]]:
    """Yield one line per file that differs: kind of change, path, and the title in the file."""
    old_raws, _ = raws_of(former)
    new_raws, _ = raws_of(new)
    for path in sorted({*former, *new}):
        if former.get(path) == new.get(path):
            continue
        zh, en = _title(new_raws.get(path) or old_raws.get(path))
        yield {"change": _change(path, former, new), "path": path, "title": zh, "title_en": en}


def _change(path: str, former: Contents, new: Contents) -> str:
    if path not in former:
        return "A"
    return "M" if path in new else "D"


def _title(raw: Raw | None) -> tuple[str, str]:
    found = _get(raw, "title")
    if found is None or isinstance(found.value, str):
        return (str(found.value) if found else ""), ""
    zh, en = _get(found, "zh"), _get(found, "en")
    return (str(zh.value) if zh else ""), (str(en.value) if en else "")


def _get(raw: Raw | None, key: str) -> Raw | None:
    if raw is None or not isinstance(raw.value, Mapping):
        return None
    return raw.value.get(key)
