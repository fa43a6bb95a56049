"""The difference between two versions of a pack, entry by entry, for plain words.

Every entry has a code of the family ``difference``, whose wording says it in both languages, and
the facts for it. What is compared is what the pack means, not how its files are laid out: moving
a key or adding a comment is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from zhijian.domain.policy.header import Header
from zhijian.domain.policy.parameter import Entry, Parameter
from zhijian.domain.policy.raw import Raw
from zhijian.domain.policy.telling import told
from zhijian.domain.problems import facts_of
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.regulation.changes import changes
from zhijian.domain.regulation.examples import example_name
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.grade import Grading
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.words import Words

_UNITS = "units"
"""What is told as a whole, because its parts mean nothing alone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the code of its wording, the file it lies in, and the facts."""

    code: str
    where: str
    facts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, where: str, code: str, **facts: str) -> Difference:
        """Build a difference from keyword facts."""
        return cls(code, where, tuple(facts.items()))


def differences(old: Pack, new: Pack) -> tuple[Difference, ...]:
    """Return everything in which ``new`` differs from ``old``, in the order of a pack."""
    return (
        *_header(old.header, new.header),
        *_articles(old, new),
        *_terms(old, new),
        *_parameters(old.parameters, new.parameters),
        *_kinds(old.kinds, new.kinds),
        *_schemes(old.schemes, new.schemes),
        *_plans(old, new),
        *_named("budget", "budgets", old.budgets, new.budgets),
        *_personal(old, new),
        *_named("limit", "limits", _limits(old), _limits(new)),
        *_named("outline", "reports", old.outlines, new.outlines),
        *_cases(old, new),
        *_examples(old, new),
    )


def _header(old: Header, new: Header) -> Iterator[Difference]:
    for each in fields(Header):
        before, after = getattr(old, each.name), getattr(new, each.name)
        if before != after and each.name != _UNITS:
            yield Difference.at(
                "pack.yaml",
                "difference.header_changed",
                field=each.name,
                changes="; ".join(changes(before, after)),
            )
    for unit in new.units:
        if unit not in old.units:
            yield Difference.at("pack.yaml", "difference.unit_added", unit=unit)
    for unit in old.units:
        if unit not in new.units:
            yield Difference.at("pack.yaml", "difference.unit_removed", unit=unit)


def _articles(old: Pack, new: Pack) -> Iterator[Difference]:
    before = {each.number: each for each in old.articles}
    after = {each.number: each for each in new.articles}
    yield from _compared("article", "articles.yaml", before, after)


def _terms(old: Pack, new: Pack) -> Iterator[Difference]:
    before = {each.title.zh: each for each in old.terms}
    after = {each.title.zh: each for each in new.terms}
    yield from _compared("term", "terms.yaml", before, after)


def _parameters(old: Mapping[str, Parameter], new: Mapping[str, Parameter]) -> Iterator[Difference]:
    """Values by the day from which they apply; then whatever else is said about a parameter."""
    yield from _added_and_removed("parameter", "parameters", old, new)
    for name in _both(old, new):
        where = f"parameters/{name}.yaml"
        before, after = old[name], new[name]
        yield from _entries(where, before, after)
        rest = list(_changed_fields(before, after, skip=("entries",)))
        if rest:
            yield Difference.at(
                where,
                "difference.parameter_changed",
                **_titles(name, after),
                changes="; ".join(rest),
            )


def _entries(where: str, old: Parameter, new: Parameter) -> Iterator[Difference]:
    titles = _titles(new.id, new)
    before = {each.starts: each for each in old.entries}
    after = {each.starts: each for each in new.entries}
    for day in sorted(before.keys() | after.keys()):
        facts = {**titles, "day": day.isoformat(), "unit": f" ({new.unit})" if new.unit else ""}
        if day not in before:
            value = _entry_told(after[day])
            yield Difference.at(where, "difference.value_added", **facts, value=value)
        elif day not in after:
            value = _entry_told(before[day])
            yield Difference.at(where, "difference.value_removed", **facts, value=value)
        else:
            yield from _entry(where, before[day], after[day], facts)


def _entry(where: str, old: Entry, new: Entry, facts: dict[str, str]) -> Iterator[Difference]:
    before, after = _entry_told(old), _entry_told(new)
    if before != after:
        code = "difference.value_changed"
        yield Difference.at(where, code, **facts, before=before, after=after)
    if old.proposed and not new.proposed:
        yield Difference.at(where, "difference.value_settled", **facts, value=after)
    if new.proposed and not old.proposed:
        yield Difference.at(where, "difference.value_proposed", **facts, value=after)
    if old.cites != new.cites:
        cited = {"before": old.cites.clause, "after": new.cites.clause}
        yield Difference.at(where, "difference.value_cited", **facts, **cited)


def _entry_told(entry: Entry) -> str:
    own = [f"{who}: {told(value)}" for who, value in (*entry.for_groups, *entry.for_units)]
    return " | ".join((told(entry.value), *own))


def _kinds(old: Mapping[str, RecordKind], new: Mapping[str, RecordKind]) -> Iterator[Difference]:
    yield from _named("kind", "records", old, new, skip=("fields",))
    for name in _both(old, new):
        before = {each.id: each for each in old[name].fields}
        after = {each.id: each for each in new[name].fields}
        yield from _compared("field", f"records/{name}.yaml", before, after, old[name].title)


def _schemes(old: Mapping[str, Scheme], new: Mapping[str, Scheme]) -> Iterator[Difference]:
    yield from _named("scheme", "scoring", old, new, skip=("lines", "grading"))
    for name in _both(old, new):
        where, title = f"scoring/{name}.yaml", new[name].title
        before = {each.id: each for each in old[name].lines}
        after = {each.id: each for each in new[name].lines}
        yield from _compared("line", where, before, after, title)
        yield from _moved(where, tuple(before), tuple(after), title)
        yield from _grading(where, old[name].grading, new[name].grading, title)


def _personal(old: Pack, new: Pack) -> Iterator[Difference]:
    """Measures are compared in their order too, for it says which is the graver."""
    parts = ("measures", "grounds")
    yield from _named("personal", "personal", old.personal, new.personal, skip=parts)
    for name in _both(old.personal, new.personal):
        before, after = old.personal[name], new.personal[name]
        where, title = f"personal/{name}.yaml", after.title
        yield from _compared("measure", where, before.measures, after.measures, title)
        if _is_moved(tuple(before.measures), tuple(after.measures)):
            yield Difference.at(where, "difference.measures_reordered", **_of(title))
        yield from _compared("ground", where, before.grounds, after.grounds, title)


def _moved(
    where: str, before: tuple[str, ...], after: tuple[str, ...], title: Words
) -> Iterator[Difference]:
    """Lines are worked from top to bottom; their order is part of the rule."""
    if _is_moved(before, after):
        yield Difference.at(where, "difference.lines_reordered", **_of(title))


def _is_moved(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Tell whether what stayed stands in another order."""
    kept_before = tuple(each for each in before if each in after)
    kept_after = tuple(each for each in after if each in before)
    return kept_before != kept_after


def _grading(
    where: str, old: Grading | None, new: Grading | None, title: Words
) -> Iterator[Difference]:
    if old == new:
        return
    if old is None or new is None:
        code = "difference.grading_added" if old is None else "difference.grading_removed"
        yield Difference.at(where, code, **_of(title))
        return
    before = old.bands.inline if old.bands else None
    after = new.bands.inline if new.bands else None
    if before != after:
        bands = {"before": told(before), "after": told(after)}
        yield Difference.at(where, "difference.bands_changed", **_of(title), **bands)
    rest = [*_changed_fields(old, new, skip=("bands",))]
    if (old.bands is None, old.bands and old.bands.parameter) != (
        new.bands is None,
        new.bands and new.bands.parameter,
    ):
        rest += changes(old.bands, new.bands, "bands")
    if rest:
        code = "difference.grading_changed"
        yield Difference.at(where, code, **_of(title), changes="; ".join(rest))


def _plans(old: Pack, new: Pack) -> Iterator[Difference]:
    yield from _named("plan", "outcomes", old.outcomes, new.outcomes, skip=("lines", "rules"))
    for name in _both(old.outcomes, new.outcomes):
        where, title = f"outcomes/{name}.yaml", new.outcomes[name].title
        before, after = old.outcomes[name], new.outcomes[name]
        for word, items in (("line", "lines"), ("rule", "rules")):
            one = {each.id: each for each in getattr(before, items)}
            two = {each.id: each for each in getattr(after, items)}
            yield from _compared(word, where, one, two, title)


def _cases(old: Pack, new: Pack) -> Iterator[Difference]:
    parts = {"fact": "facts", "level": "levels", "state": "states", "step": "steps"}
    parts |= {"form": "forms", "call_back": "call_backs"}
    yield from _named("case", "cases", old.cases, new.cases, skip=tuple(parts.values()))
    for name in _both(old.cases, new.cases):
        where, title = f"cases/{name}.yaml", new.cases[name].title
        before, after = old.cases[name], new.cases[name]
        for word, items in parts.items():
            yield from _compared(word, where, getattr(before, items), getattr(after, items), title)


def _limits(pack: Pack) -> dict[str, Any]:
    return {name: rule.limit for name, rule in pack.limits.items()}


def _examples(old: Pack, new: Pack) -> Iterator[Difference]:
    before = {example_name(raw).zh: _content(raw) for raw in old.examples}
    after = {example_name(raw).zh: _content(raw) for raw in new.examples}
    titles = {name.zh: name for name in map(example_name, (*old.examples, *new.examples))}
    for word, names in (
        ("added", [name for name in after if name not in before]),
        ("removed", [name for name in before if name not in after]),
        ("changed", [name for name in _both(before, after) if before[name] != after[name]]),
    ):
        for name in names:
            facts = facts_of({"name": titles[name]})
            yield Difference.at("examples/", f"difference.example_{word}", **facts)


def _content(raw: Raw) -> object:
    """What stands there, whichever line it stands on."""
    if isinstance(raw.value, Mapping):
        return {key: _content(each) for key, each in raw.value.items()}
    if isinstance(raw.value, tuple):
        return [_content(each) for each in raw.value]
    return raw.value


# --- what the parts of a pack have in common -----------------------------------------------------


def _both(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    return (name for name in new if name in old)


def _titles(name: str, titled: Any) -> dict[str, str]:
    return {"id": name, "title": titled.title.zh, "title_en": titled.title.to("en")}


def _of(title: Words) -> dict[str, str]:
    return {"of": title.zh, "of_en": title.to("en")}


def _named(
    word: str,
    folder: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    skip: tuple[str, ...] = (),
) -> Iterator[Difference]:
    """Things with a file of their own; ``skip`` names what is compared elsewhere."""
    yield from _added_and_removed(word, folder, old, new)
    for name in _both(old, new):
        rest = list(_changed_fields(old[name], new[name], skip))
        if rest:
            yield Difference.at(
                f"{folder}/{name}.yaml",
                f"difference.{word}_changed",
                **_titles(name, new[name]),
                changes="; ".join(rest),
            )


def _added_and_removed(
    word: str, folder: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    for name, each in new.items():
        if name not in old:
            where = f"{folder}/{name}.yaml"
            yield Difference.at(where, f"difference.{word}_added", **_titles(name, each))
    for name, each in old.items():
        if name not in new:
            where = f"{folder}/{name}.yaml"
            yield Difference.at(where, f"difference.{word}_removed", **_titles(name, each))


def _compared(
    word: str,
    where: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    of: Words | None = None,
) -> Iterator[Difference]:
    """Things that share a file: articles, fields, lines, rules."""
    owner = _of(of) if of else {}
    for name, each in new.items():
        if name not in old:
            titles = _titles(name, each)
            yield Difference.at(where, f"difference.{word}_added", **titles, **owner)
    for name, each in old.items():
        if name not in new:
            titles = _titles(name, each)
            yield Difference.at(where, f"difference.{word}_removed", **titles, **owner)
    for name in _both(old, new):
        found = list(_changed_fields(old[name], new[name]))
        if found:
            facts = {**_titles(name, new[name]), **owner, "changes": "; ".join(found)}
            yield Difference.at(where, f"difference.{word}_changed", **facts)


def _changed_fields(old: Any, new: Any, skip: tuple[str, ...] = ()) -> Iterator[str]:
    for each in fields(old):
        if each.name not in skip:
            yield from changes(getattr(old, each.name), getattr(new, each.name), each.name)
