"""All words that a pack may use for cases."""

from __future__ import annotations

from typing import Final

from zhijian.domain.records.kind import FieldType

FACT_TYPES: Final[tuple[FieldType, ...]] = (
    "decimal", "integer", "text", "choice", "flag", "date", "moment", "file", "person", "unit",
)  # fmt: skip
"""What a fact of a case may be. Cases refer to people and units, and carry files as evidence."""

PLAIN: Final = frozenset({"decimal", "integer", "text", "choice", "flag", "date"})
"""Facts that are checked as the fields of records are."""

TIMES: Final = ("past", "future")
"""Whether a day or moment may not lie after, or not before, the moment at which it is entered."""

ENDS: Final = ("closed", "referred", "rejected", "withdrawn", "merged")
"""How a case may end: done, handed to another procedure, not taken up, taken back, or made part of
another case. Only in a closed case was the duty done."""

RECORDS: Final = ("required", "optional")
"""Whether a case of a level must leave a record."""

PROPOSED: Final = "proposed"
"""The level that the conditions propose; a person may choose another one and say why."""

ANONYMITY: Final = ("never", "may", "always")
"""Whether a step leaves no name: never, when the person wants it, or always."""

PEOPLE: Final = ("anyone", "opener", "owner", "case", "public", "platform")
"""Who may take a step besides the bodies of the regulation: anyone at all; whoever opened the
case; whoever it is given to; another case that opens this one; somebody from outside, who has no
account; the platform itself, on time."""

LEVEL: Final = "level"
"""The name under which conditions look at the level of the case."""

ACTOR: Final = "actor"
"""Whoever takes the step."""
