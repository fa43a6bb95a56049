"""The glossary of a regulation, and where its terms stand in a text (POL-16)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhijian.domain.dates.titles import is_english
from zhijian.domain.policy.parameter import Citation, read_citation
from zhijian.domain.policy.raw import (
    TITLE_LENGTH,
    Raw,
    Reading,
    as_list,
    check_length,
    refuse_twice,
)
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Term:
    """A word the regulation defines: its other names, what it means, and where that is said."""

    title: Words
    aliases: tuple[Words, ...]
    definition: Words
    cites: Citation

    def names(self, language: str) -> tuple[str, ...]:
        """Every name of the term in ``language``, its own first."""
        return tuple(dict.fromkeys(each.to(language) for each in (self.title, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; ``term`` is the place in the glossary of what it names, or nothing."""

    text: str
    term: int | None = None


def read_terms(reading: Reading, raw: Raw, document: str) -> tuple[Term, ...]:
    """Read ``terms.yaml``; no two terms may share a name, for nobody could tell which is meant."""
    found: list[tuple[Raw, Term]] = []
    for each in as_list(raw):
        term = reading.attempt(lambda each=each: _read_term(reading, each, document))  # type: ignore[misc]
        if term is not None:
            found.append((each, term))
    names = [(each, name.zh) for each, term in found for name in (term.title, *term.aliases)]
    reading.attempt(lambda: refuse_twice(names))
    return tuple(term for _, term in found)


def _read_term(reading: Reading, raw: Raw, document: str) -> Term:
    fields = reading.fields(raw)
    term = Term(
        title=fields.title(),
        aliases=fields.phrases("aliases"),
        definition=fields.words("definition"),
        cites=read_citation(reading, fields.need("cites"), document),
    )
    fields.close()
    for name in term.aliases:
        check_length(raw, name.to("en"), TITLE_LENGTH)
    return term


def explained(text: str, terms: Iterable[Term], language: str) -> tuple[Piece, ...]:
    """Cut ``text`` where a term stands for the first time; a longer name goes before a shorter."""
    named = {
        name.casefold(): place
        for place, term in reversed(tuple(enumerate(terms)))
        for name in term.names(language)
    }
    if not named:
        return (Piece(text),)
    return tuple(_pieces(text, named, _pattern(named, language)))


def _pattern(names: Iterable[str], language: str) -> re.Pattern[str]:
    # English words end at a space; Chinese writes none.
    edge = r"\b" if is_english(language) else ""
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.compile(f"{edge}(?:{longest_first}){edge}", re.IGNORECASE | re.ASCII)


def _pieces(text: str, named: dict[str, int], pattern: re.Pattern[str]) -> Iterator[Piece]:
    seen: set[int] = set()
    begin = 0
    for match in pattern.finditer(text):
        place = named[match[0].casefold()]
        if place in seen:
            continue
        seen.add(place)
        if match.start() > begin:
            yield Piece(text[begin : match.start()])
        yield Piece(match[0], place)
        begin = match.end()
    if begin < len(text) or not text:
        yield Piece(text[begin:])
