"""The glossary of a regulation on its page, and its terms where they stand in a text (POL-16)."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.policy.term import explained
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.printing.front import source_in_words
from zhijian.packs.printing.naming import Namer


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """A term with its other names, its definition and where that stands."""

    anchor: str
    name: str
    aliases: tuple[str, ...]
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class ShownPiece:
    """A part of a text; ``term`` is what it names, if the regulation defines that."""

    text: str
    term: ShownTerm | None


def shown_terms(pack: Pack, namer: Namer) -> tuple[ShownTerm, ...]:
    """Return the glossary in the order of the regulation."""
    return tuple(
        ShownTerm(
            anchor=f"term-{place}",
            name=term.names(namer.language)[0],
            aliases=term.names(namer.language)[1:],
            definition=namer.text(term.definition),
            source=source_in_words(term.cites, pack, namer),
        )
        for place, term in enumerate(pack.terms, start=1)
    )


def pieces_of(
    text: str, pack: Pack, shown: tuple[ShownTerm, ...], language: str
) -> tuple[ShownPiece, ...]:
    """Return a text of the regulation cut where its terms stand."""
    return tuple(
        ShownPiece(piece.text, None if piece.term is None else shown[piece.term])
        for piece in explained(text, pack.terms, language)
    )
