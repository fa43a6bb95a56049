"""The working-out of a score as lines of a paper: what, how much, how it came about, under what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhijian.domain.explain.document import from_document, from_documents
from zhijian.domain.explain.step import Step
from zhijian.foundation.wording import say
from zhijian.packs.printing import number, step_in_words
from zhijian.reports.papers.speech import Speech

Document = Mapping[str, Any]

_DEEPEST = 12
_CHINESE = Speech("zh", {})


def lines_of(
    working: Document,
    elsewhere: Iterable[str] = (),
    above: str = "said_above",
    speech: Speech = _CHINESE,
) -> list[dict[str, Any]]:
    """Return the steps from the result downwards; a line told before is only named.

    A line that is ``elsewhere`` is written out on another paper, and the phrase ``above`` says
    where.
    """
    if not working:
        return []
    return list(_lines(from_document(working), 0, set(elsewhere), _Telling(above, speech)))


def lines_together(
    workings: Iterable[Document], speech: Speech = _CHINESE
) -> list[list[dict[str, Any]]]:
    """Return the lines of several workings-out of one result on the same paper, in their order."""
    seen: set[str] = set()
    telling = _Telling("said_above", speech)
    return [list(_lines(root, 0, seen, telling)) for root in from_documents(workings)]


@dataclass(frozen=True, slots=True)
class _Telling:
    above: str
    speech: Speech


def _lines(step: Step, depth: int, seen: set[str], telling: _Telling) -> Iterator[dict[str, Any]]:
    speech = telling.speech
    told_before = step.id in seen and bool(step.because)
    seen.add(step.id)
    yield {
        "depth": min(depth, _DEEPEST),
        "id": step.id,
        "title": speech.told(step.title.to(speech.language)) or step.id,
        "value": _value(step, speech),
        "how": speech.say(telling.above) if told_before else _how(step, speech),
        "cites": speech.clause(step.cites),
        "unconfirmed": step.unconfirmed,
    }
    if told_before:
        return
    for each in step.because:
        # A constant says nothing that the line which uses it does not say.
        if each.op != "constant":
            yield from _lines(each, depth + 1, seen, telling)


def _value(step: Step, speech: Speech) -> str:
    if isinstance(step.value, bool):
        return speech.say("yes" if step.value else "no")
    if step.value is None and step.op == "parameter" and step.status == "assessed":
        return speech.say("table_value")
    return number(step.value, speech.words if speech.is_english else {})


def _how(step: Step, speech: Speech) -> str:
    if step.status != "assessed":
        reason = "" if step.reason == "input_missing" else step.reason
        return said(reason, speech, dict(step.given)) or speech.say("no_input")
    months = step.evidence.months if step.evidence else ()
    colon, comma = (": ", ", ") if speech.is_english else ("：", "，")
    by_month = comma.join(f"{month}{colon}{number(value)}" for month, value in months)
    told = step_in_words(step, speech.language, speech.words)
    return speech.sentences(filter(None, (told, by_month)))


def steps_of(working: Document) -> Iterator[Document]:
    """Yield every step of a working-out that is written out."""
    if working and not working.get("see"):
        yield working
        for each in working.get("because", ()):
            yield from steps_of(each)


def why_not(working: Document, speech: Speech = _CHINESE) -> str:
    """Say which lines kept a unit from being scored, and why."""
    colon = ": " if speech.is_english else "："
    lacking = {
        each[
            "id"
        ]: f"{title_of(each, speech)}{colon}{said(each['reason'], speech, each.get('given'))}"
        for each in steps_of(working)
        if each.get("status", "assessed") != "assessed" and each.get("reason") != "input_missing"
    }
    return speech.sentences(lacking.values())


def title_of(step: Document, speech: Speech) -> str:
    """Return the title of a step as it was written down."""
    told = step.get("title_en") if speech.is_english else ""
    return told or speech.told(step.get("title")) or str(step["id"])


def said(reason: str, speech: Speech = _CHINESE, given: Mapping[str, str] | None = None) -> str:
    """Return the words for the code of a reason."""
    facts = {name.replace(".", "_"): value for name, value in (given or {}).items()}
    return say(f"reason.{reason}", facts, speech.language) if reason else ""
