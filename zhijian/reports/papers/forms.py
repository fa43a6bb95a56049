"""Single papers of an office: score sheet, list of results, decision, notice, minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from zhijian.domain.money import capitals, grouped
from zhijian.foundation.typesetting import engine
from zhijian.reports.papers import amounts
from zhijian.reports.papers.assessment import foot, mark
from zhijian.reports.papers.blocks import column, short
from zhijian.reports.papers.figures import results
from zhijian.reports.papers.findings import unconfirmed_titles
from zhijian.reports.papers.speech import Speech
from zhijian.reports.papers.working import lines_of, lines_together, why_not

Data = Mapping[str, Any]

_FOLDER = Path(__file__).parent


def score_sheet(data: Data) -> bytes:
    """Return the score sheet of ``data["result"]`` with its whole working-out."""
    result, speech = data["result"], Speech.of(data)
    blocks: list[dict[str, Any]] = [_parts(result, speech)]
    reason = why_not(result.get("working") or {}, speech)
    if reason:
        blocks.append({"kind": "warning", "title": speech.say("not_scored"), "lines": [reason]})
    blocks += _workings(result, speech)
    facts = [
        [speech.say("unit"), result["unit"]],
        [speech.say("period"), speech.period_of(data)],
        [speech.say("score"), result.get("score") or "—"],
        [speech.say("grade"), speech.told(result.get("grade")) or "—"],
        *[[speech.say("amount"), said] for said in amounts.facts(result, speech)],
    ]
    own = {
        "title": speech.say("sheet", title=speech.told(data["title"])),
        "number": speech.say("edition", number=data["revision"]),
        "facts": facts,
        "unconfirmed": unconfirmed_titles({**data, "results": [result]}),
        "blocks": blocks,
        "signatures": [speech.say(each) for each in ("subject", "working_group", "date")],
    }
    return engine.render(_FOLDER / "sheet.typ", {**_head(data, speech), **own})


def results_list(data: Data) -> bytes:
    """Return the list of results with the lines on which the committee signs."""
    speech = Speech.of(data)
    names = ("made_by", "rechecked_by", "chair", "member", "member", "date")
    own = {
        "title": speech.say("list", title=speech.told(data["title"])),
        "facts": [[speech.say("period"), speech.period_of(data)], *data["facts"]],
        "unconfirmed": unconfirmed_titles(data),
        "blocks": [results(data, {"title": speech.say("results")})[0]],
        "signatures": [speech.say(each) for each in names],
        "signature_note": data.get("approval", ""),
    }
    return engine.render(_FOLDER / "sheet.typ", {**_head(data, speech), **own})


def notice(data: Data) -> bytes:
    """Return the notice that is posted for everybody."""
    speech = Speech.of(data)
    rows = [
        [
            str(rank),
            each["unit"],
            each.get("score") or "—",
            speech.told(each.get("grade")) or speech.say("not_assessed"),
        ]
        for rank, each in enumerate(data["results"], start=1)
    ]
    columns = [
        column(speech.say("rank"), "center"),
        column(speech.say("unit"), width="1"),
        column(speech.say("score"), "right"),
        column(speech.say("grade"), "center"),
    ]
    title = speech.say("results")
    own = {
        "title": speech.say("notice", title=speech.told(data["title"])),
        "subtitle": speech.period_of(data),
        "blocks": [{"kind": "table", "title": title, "columns": columns, "rows": rows}],
        **_only(data, ("paragraphs", "notes", "issuer", "day")),
    }
    return engine.render(_FOLDER / "notice.typ", {**_head(data, speech), **own})


def decision(data: Data) -> bytes:
    """Return the decision on one entry of the ledger, with how its amount came about."""
    speech = Speech.of(data)
    elsewhere = (data["score_line"], "grade")
    lines = lines_of(data["working"], elsewhere, "on_the_sheet", speech)
    kind = "reversal" if data.get("reverses") else data["kind"]
    facts = [
        [speech.say("proposed"), data["proposed_by"]],
        [speech.say("approved_by"), data["approved_by"]],
        [speech.say("effective"), data["effective_on"]],
        [speech.say("evidence"), data["evidence"]],
    ]
    own = {
        "title": speech.say(f"decision_{kind}"),
        "addressee": speech.say("addressee", unit=data["unit"]),
        "paragraphs": [each for each in _decided(data, speech) if each],
        "facts": facts,
        "blocks": [{"kind": "working", "title": "", "lines": lines}],
        **_only(data, ("appeal", "issuer", "day")),
    }
    return engine.render(_FOLDER / "decision.typ", {**_head(data, speech), **own})


def _decided(data: Data, speech: Speech) -> list[str]:
    """What was reached, what was decided under which text, and what has to be done by when."""
    amount = Decimal(data["amount"])
    money = {"capitals": capitals(abs(amount)), "amount": grouped(abs(amount))}
    reached = {"score": data.get("score") or "—", "grade": speech.told(data.get("grade")) or "—"}
    text, due = speech.told(data.get("text")), data.get("due_on")
    order = speech.say("order", text=text) if text else ""
    limit = speech.say("limit", day=speech.day(date.fromisoformat(due))) if due else ""
    return [
        speech.say("result_said", period=speech.period_of(data), **reached),
        speech.say(
            "decided",
            pack=speech.told(data["pack"]["title"]),
            cites=speech.clause(data["cites"]),
            approver=data["approver"],
            verb=speech.say(f"verb_{data['kind']}"),
            amount=speech.say("amount_decided", **money) if amount else "",
        ),
        f"{order}{limit}".strip(),
        data.get("reversal", ""),
        data.get("succession", ""),
    ]


def minutes(data: Data) -> bytes:
    """Return the minutes of an analysis meeting with lines to sign on."""
    speech = Speech.of(data)
    text = {"kind": "text", "text": data["text"]}
    part = {"title": speech.say("minutes_of"), "cites": "", "blocks": [text]}
    own = {
        "title": speech.say("minutes"),
        "facts": [[speech.say(name), value] for name, value in data["facts"] if value],
        "parts": [part],
        "signatures": [speech.say(each) for each in ("chair", "recorded_by", "date")],
    }
    return engine.render(_FOLDER / "report.typ", {**_head(data, speech), **own})


def _head(data: Data, speech: Speech) -> dict[str, Any]:
    return {
        **speech.for_template(),
        "number": data.get("number", ""),
        "subtitle": speech.told(data["pack"].get("title")),
        "mark": mark(data),
        "foot": foot(data["pack"], speech),
    }


def _only(data: Data, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: data[name] for name in names}


def _parts(result: Data, speech: Speech) -> dict[str, Any]:
    rows = [
        [
            speech.told(each.get("title")) or each["id"],
            short(each.get("score")) or "—",
            f"{each['weight']} %" if each.get("weight") else "—",
        ]
        for each in result.get("components", ())
    ]
    columns = [
        column(speech.say("part"), width="1"),
        column(speech.say("score"), "right"),
        column(speech.say("weight"), "right"),
    ]
    return {"kind": "table", "title": speech.say("parts"), "columns": columns, "rows": rows}


def _workings(result: Data, speech: Speech) -> list[dict[str, Any]]:
    """Score, grade and money; what one of them has told, the next ones only name."""
    named = [
        (speech.say("working"), result.get("working")),
        (speech.say("grading"), result.get("grading")),
    ]
    named += [(_proposed(each, speech), each["working"]) for each in result.get("proposals", ())]
    written = [(title, working) for title, working in named if working]
    lines = lines_together((working for _title, working in written), speech)
    return [
        {"kind": "working", "title": title, "lines": each}
        for (title, _working), each in zip(written, lines, strict=True)
    ]


def _proposed(proposal: Data, speech: Speech) -> str:
    """What follows and how much it is, or within which limits somebody types it."""
    if proposal.get("limits"):
        return amounts.in_words(proposal["limits"], speech)
    told = {"title": speech.told(proposal["title"]), "amount": grouped(Decimal(proposal["yuan"]))}
    return speech.say("proposal", **told)
