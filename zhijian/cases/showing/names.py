"""Values of facts as people read them: names of people and units, options, numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.cases.services.checking import id_of
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.exact import plain
from zhijian.foundation.language import language
from zhijian.organizations import queries as organizations

_HIDDEN = "＊＊＊"


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact and its value in words; ``files`` are digests, told elsewhere."""

    title: str
    text: str
    is_hidden: bool = False
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """The people and units that a page names."""

    people: Mapping[str, str]
    units: Mapping[str, str]

    @classmethod
    def of(cls, pairs: Iterable[tuple[Fact, FactValue]], also: Iterable[int | None] = ()) -> Names:
        """Read the names that some facts hold, and those of some people, with two queries."""
        people, units = {each for each in also if each}, set[int]()
        for fact, value in pairs:
            found = id_of(value) if fact.type in ("person", "unit") else None
            if found is not None:
                (people if fact.type == "person" else units).add(found)
        return cls(
            {str(pk): each.display_name for pk, each in accounts.people_by_id(people).items()},
            {str(pk): each.name for pk, each in organizations.units_by_id(units).items()},
        )

    def line(self, fact: Fact, value: FactValue, *, reveals: bool) -> FactLine:
        """Return a fact in words; what is personal is hidden unless it is revealed."""
        title = fact.title.to(language())
        if isinstance(value, tuple):
            return FactLine(title, "", files=value)
        if fact.field.personal and not reveals:
            return FactLine(title, masked(str(value)), is_hidden=True)
        return FactLine(title, self.text(fact, value))

    def text(self, fact: Fact, value: FactValue) -> str:
        """Return a value in words."""
        match value:
            case bool():
                return _("是") if value else _("否")
            case Fraction():
                return plain(value)
            case datetime():
                return f"{value:%Y-%m-%d %H:%M}"
            case date():
                return value.isoformat()
        told = str(value)
        if fact.type in ("person", "unit"):
            return (self.people if fact.type == "person" else self.units).get(told, told)
        words = fact.field.options.get(told)
        return words.to(language()) if words else told


def masked(text: str) -> str:
    """Return a text with all but its first sign hidden; how long it is cannot be told."""
    return f"{text[:1]}{_HIDDEN}"
