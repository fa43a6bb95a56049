"""The one place for the words of problems and refusals; works without Django.

Each file in ``catalogue/`` holds one family: ``code: {zh: …, en: …}`` with ``{name}`` for facts.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

CATALOGUE = Path(__file__).parent / "catalogue"
LANGUAGES = ("zh", "en")


class _Facts(dict[str, str]):
    """Facts of a wording; one that is missing shows itself by its name.

    An English wording takes the fact ``title_en`` for ``{title}`` where there is one.
    """

    def __init__(self, facts: Mapping[str, object], english: bool) -> None:
        super().__init__({name: str(value) for name, value in facts.items()})
        if english:
            own = {name: self.get(f"{name}_en") for name in self}
            self.update({name: text for name, text in own.items() if text})

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"


def say(code: str, facts: Mapping[str, object] | None = None, lang: str = "zh") -> str:
    """Return the sentence for ``code``: what is wrong, where, and how to mend it.

    ``lang`` may be a language tag such as ``zh-hans``. A code without words comes back with its
    facts: a person can still act on that, and a test finds it.
    """
    english = lang.startswith("en")
    told = _Facts(facts or {}, english)
    entry = catalogue().get(code)
    if entry is None:
        listed = "; ".join(f"{name}={value}" for name, value in told.items())
        return f"{code} ({listed})" if listed else code
    wording = entry["en" if english else "zh"]
    return string.Formatter().vformat(wording, (), told)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every wording by its code; a code in two files is a fault."""
    merged: dict[str, dict[str, str]] = {}
    for path in sorted(CATALOGUE.glob("*.yaml")):
        family = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
        twice = merged.keys() & family.keys()
        if twice:
            raise ValueError(f"{path.name}: already worded elsewhere: {', '.join(sorted(twice))}")
        merged.update(family)
    return merged


def placeholders(wording: str) -> frozenset[str]:
    """Return the names of the facts a wording asks for."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(wording) if name)
