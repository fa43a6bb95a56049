"""Put another value in the place of a proposed one, and read the whole pack again as strictly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from zhijian.domain.policy.raw import Raw
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.packs.contents import Contents, raws_of
from zhijian.packs.files import Unparsable, parse

KEYS = ("value", "for_units", "for_groups")


def replaced_pack(
    contents: Contents, values: Mapping[str, str], tried: Mapping[str, str] | None = None
) -> Pack | tuple[Problem, ...]:
    """Return the pack with the proposed entries of some parameters replaced.

    ``tried`` are values that are only being tried out: they take the place of every entry.

    ``values`` maps the parameter to the YAML of an entry: ``value`` and, where units or groups
    have values of their own, ``for_units`` and ``for_groups``.
    """
    raws, problems = raws_of(contents)
    wanted = [(each, is_proposed) for each in values.items()]
    wanted += [(each, is_settled_or_proposed) for each in (tried or {}).items()]
    for (parameter, text), which in wanted:
        try:
            body = parse(text.encode(), place_of(parameter))
        except Unparsable as error:
            return (error.problem,)
        found = with_value(raws, parameter, body, which)
        if isinstance(found, Problem):
            return (found,)
        raws = found
    answer = read_pack(raws)
    if isinstance(answer, Pack):
        return problems or answer
    # A wrong value makes everything that names the parameter wrong; only the value is to be mended.
    own = tuple(each for each in answer if each.where.startswith("<"))
    return own or (*problems, *answer)


def place_of(parameter: str) -> str:
    """Return how problems of a replaced value call its place."""
    return f"<{parameter}>"


Which = Callable[[Mapping[str, Raw]], bool]


def is_proposed(entry: Mapping[str, Raw]) -> bool:
    """Tell whether an entry of a parameter holds a proposed value."""
    return "proposed" in entry and entry["proposed"].value is True


def is_settled_or_proposed(entry: Mapping[str, Raw]) -> bool:
    """Tell whether an entry holds a value at all, rather than a repeal."""
    return "value" in entry


def with_value(
    raws: Mapping[str, Raw], parameter: str, body: Raw, which: Which
) -> dict[str, Raw] | Problem:
    """Return the files with ``body`` in the entries of ``parameter`` that ``which`` chooses."""
    if not isinstance(body.value, Mapping) or not set(body.value) <= set(KEYS):
        return Problem.at(body.where, "packs.not_an_entry", known=", ".join(KEYS))
    for path, raw in raws.items():
        if path.startswith("parameters/") and _text(raw, "id") == parameter:
            return {**raws, path: _replaced(raw, body.value, which)}
    return Problem.at(body.where, "packs.unknown_parameter", name=parameter)


def _replaced(raw: Raw, body: Mapping[str, Raw], which: Which) -> Raw:
    fields = _mapping(raw)
    listed = fields["entries"].value if "entries" in fields else ()
    entries = (
        tuple(_entry(each, body, which) for each in listed) if isinstance(listed, tuple) else ()
    )
    return replace(raw, value={**fields, "entries": replace(fields["entries"], value=entries)})


def _entry(raw: Raw, body: Mapping[str, Raw], which: Which) -> Raw:
    fields = _mapping(raw)
    if not which(fields):
        return raw
    kept = {key: each for key, each in fields.items() if key not in (*KEYS, "proposed")}
    return replace(raw, value={**kept, **body})


def _mapping(raw: Raw) -> Mapping[str, Raw]:
    return raw.value if isinstance(raw.value, Mapping) else {}


def _text(raw: Raw, key: str) -> str:
    found = _mapping(raw).get(key)
    return str(found.value) if found is not None else ""
