"""A working-out as lines for a page: depth-first, each shared line written out once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from zhijian.assessments.statuses import status_words
from zhijian.domain.explain.step import Step, shown
from zhijian.domain.outcomes.typed import limits_of
from zhijian.domain.policy.citing import cited
from zhijian.foundation.wording import say
from zhijian.packs.printing import number, step_in_words

_LEAVES = ("constant",)
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the working-out on a page."""

    id: str
    depth: int
    title: str
    value: str
    how: str
    cites: str
    kind: str
    count: int | None
    months: tuple[tuple[str, str], ...]
    is_line: bool
    is_repeated: bool
    unconfirmed: bool
    trouble: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a working-out is written for: the language, and stored words in it."""

    language: str
    words: Mapping[str, str] = field(default_factory=dict)


def rows(root: Step, reader: Reader, seen: set[str] | None = None) -> list[Row]:
    """The working-out from its result down to what was measured.

    ``seen`` carries over from one working-out to the next on the same page, so that the grade and
    the money point back to the score instead of writing it out again.
    """
    return list(_walk(root, 0, set() if seen is None else seen, reader))


def _walk(step: Step, depth: int, seen: set[str], reader: Reader) -> Iterator[Row]:
    repeated = step.id in seen and bool(step.because)
    seen.add(step.id)
    yield _row(step, min(depth, _DEEPEST), repeated, reader)
    if repeated:
        return
    for each in step.because:
        if each.op not in _LEAVES:
            yield from _walk(each, depth + 1, seen, reader)


def _row(step: Step, depth: int, repeated: bool, reader: Reader) -> Row:
    evidence, language = step.evidence, reader.language
    return Row(
        id=step.id,
        depth=depth,
        title=_title(step, reader) or step.id,
        value=_value(step, reader),
        how="" if repeated or not _is_told(step) else step_in_words(step, language, reader.words),
        cites=cited(step.cites, language),
        kind=evidence.kind if evidence else "",
        count=evidence.count if evidence else None,
        months=tuple((name, shown(value)) for name, value in evidence.months) if evidence else (),
        is_line=step.op not in ("parameter", "attribute", "grade", "penalty", "reward", "none"),
        is_repeated=repeated,
        unconfirmed=step.unconfirmed and step.op == "parameter",
        trouble=_trouble(step, language),
    )


def _is_told(step: Step) -> bool:
    """Tell whether there is something to say: a value, or who is to type it."""
    return step.value is not None or limits_of(step) is not None


def _title(step: Step, reader: Reader) -> str:
    """The title; one that was stored in Chinese alone may be known to the regulation."""
    told = step.title.to(reader.language)
    return reader.words.get(told, told)


def _value(step: Step, reader: Reader) -> str:
    if step.value is not None:
        return number(step.value, reader.words)
    if step.op == "parameter" and step.status == "assessed":
        return _("（表）")
    if limits_of(step) is not None:
        return _("待填写")
    return status_words(step.status)


def _trouble(step: Step, language: str) -> str:
    if step.status == "assessed" or step.reason in ("", "input_missing"):
        return ""
    facts = {name.replace(".", "_"): value for name, value in step.given}
    return say(f"reason.{step.reason}", facts, language)
