"""A working-out as plain data, for files, the API and the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from zhijian.domain.exact import is_terminating
from zhijian.domain.explain.step import Evidence, Step, Value, shown
from zhijian.domain.words import Words

Document = dict[str, Any]


def to_document(step: Step) -> Document:
    """Return the working-out as JSON-ready data; numbers are exact strings.

    A line that is used a second time is named with ``see`` instead of being written out again.
    """
    return to_documents([step])[0]


def to_documents(steps: Iterable[Step]) -> list[Document]:
    """Return several workings-out of one result; what one has told, the next only names.

    Grade and money rest on the score, and would otherwise repeat all of it.
    """
    seen: set[str] = set()
    return [_written(step, seen) for step in steps]


def _written(step: Step, seen: set[str]) -> Document:
    if step.id in seen and step.because:
        return {"id": step.id, "value": _text(step.value), "see": True}
    seen.add(step.id)
    title = step.title
    document: Document = {
        "id": step.id,
        "op": step.op,
        "title": title.zh,
        "value": _text(step.value),
        "cites": step.cites,
        "because": [_written(each, seen) for each in step.because],
        "records": list(step.evidence.keys) if step.evidence else [],
    }
    if title.en:
        document["title_en"] = title.en
    _add_value(document, step.value)
    if step.given:
        document["given"] = dict(step.given)
    if step.evidence:
        _add_evidence(document, step.evidence)
    if step.status != "assessed":
        document["status"], document["reason"] = step.status, step.reason
    if step.unconfirmed:
        document["unconfirmed"] = True
    return document


def _add_value(document: Document, value: Value) -> None:
    """Tell what the text of a value cannot: all digits of a fraction, and that a word is one."""
    if isinstance(value, str):
        document["type"] = "text"
    elif isinstance(value, bool):
        document["type"] = "flag"
    elif value is not None and _endless(value):
        document["exact"] = _exact(value)


def _add_evidence(document: Document, evidence: Evidence) -> None:
    document["kind"] = evidence.kind
    document["record_count"] = evidence.count
    if evidence.months:
        document["months"] = {name: shown(value) for name, value in evidence.months}
        exact = {name: _exact(each) for name, each in evidence.months if _endless(each)}
        document.update({"exact_months": exact} if exact else {})


def _endless(number: Fraction) -> bool:
    return not is_terminating(number)


def _exact(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"


def _text(value: Value) -> str | None:
    return None if value is None else shown(value)


def from_document(document: Mapping[str, Any]) -> Step:
    """Return the working-out that ``to_document`` wrote."""
    return from_documents([document])[0]


def from_documents(documents: Iterable[Mapping[str, Any]]) -> list[Step]:
    """Return the workings-out that ``to_documents`` wrote, given in the same order."""
    known: dict[str, Step] = {}
    return [_read(document, known) for document in documents]


def _read(document: Mapping[str, Any], known: dict[str, Step]) -> Step:
    if document.get("see"):
        return known[document["id"]]
    step = Step(
        id=document["id"],
        op=document["op"],
        value=_value(document),
        title=Words(document["title"], document.get("title_en", "")),
        cites=document["cites"],
        because=tuple(_read(each, known) for each in document["because"]),
        given=tuple(document.get("given", {}).items()),
        evidence=_evidence(document),
        status=document.get("status", "assessed"),
        reason=document.get("reason", ""),
        unconfirmed=document.get("unconfirmed", False),
    )
    known[step.id] = step
    return step


def _value(document: Mapping[str, Any]) -> Value:
    text = document.get("exact", document["value"])
    if text is None:
        return None
    match document.get("type"):
        case "text":
            return str(text)
        case "flag":
            return bool(text == "true")
    return Fraction(text)


def _evidence(document: Mapping[str, Any]) -> Evidence | None:
    if "kind" not in document:
        return None
    months = {**document.get("months", {}), **document.get("exact_months", {})}
    return Evidence(
        kind=document["kind"],
        count=document["record_count"],
        keys=tuple(document["records"]),
        months=tuple((name, Fraction(text)) for name, text in months.items()),
    )
