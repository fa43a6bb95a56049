"""Broken packs: any part of a file with anything else in its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from zhijian.domain.policy.raw import Raw, Unquoted

WORDS = st.sampled_from(
    ["id", "x", "check.points", "parameter.limit", "parameter.", "unit.", ".", "0", "-1", "1.5",
     "main", "grade", "amount", "{m}", "甲", "", " ", "第一条", "month", "2024Q1", "none"]
)  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**7), WORDS, st.just(date(2024, 1, 1)),
    st.builds(Unquoted, st.just("0.1")),
)  # fmt: skip


def _raw(value: Any) -> Raw:
    return Raw(value, "x.yaml", 1)


TREES = st.recursive(
    SCALARS.map(_raw),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: _raw(tuple(items))),
        st.dictionaries(WORDS, inner, max_size=3).map(_raw),
    ),
    max_leaves=6,
)


def places(raw: Raw, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(raw.value, Mapping):
        found += [each for key, raw_ in raw.value.items() for each in places(raw_, (*path, key))]
    elif isinstance(raw.value, tuple):
        found += [each for at, raw_ in enumerate(raw.value) for each in places(raw_, (*path, at))]
    return found


def changed(raw: Raw, path: tuple[Any, ...], put: Raw) -> Raw:
    if not path:
        return Raw(put.value, raw.file, raw.line)
    key, *rest = path
    if isinstance(raw.value, Mapping):
        value: Any = {**raw.value, key: changed(raw.value[key], tuple(rest), put)}
    else:
        assert isinstance(raw.value, tuple)
        value = tuple(
            changed(each, tuple(rest), put) if at == key else each
            for at, each in enumerate(raw.value)
        )
    return Raw(value, raw.file, raw.line)
