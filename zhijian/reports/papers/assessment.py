"""The report of one assessment, made from plain data: with or without a database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from zhijian.foundation.typesetting import engine
from zhijian.reports.papers import amounts
from zhijian.reports.papers.figures import FIGURES
from zhijian.reports.papers.findings import unconfirmed_titles
from zhijian.reports.papers.speech import Speech
from zhijian.reports.papers.working import lines_together

Data = Mapping[str, Any]

_FOLDER = Path(__file__).parent

_MOST_WORKINGS = 200


def render(data: Data) -> bytes:
    """Return the report as PDF; ``data`` is the JSON of ``zhijian assess``, enriched at will.

    Needed: ``pack`` (``id``, ``version``, ``digest``), ``period``, ``results``. Used where given:
    ``language``, ``words`` (what the regulation says in English), ``shape`` (direction, scale and
    parts of the scheme), ``pack.title``, ``pack.trial``, ``number``, ``outline``, ``texts``,
    ``earlier``, ``records``, ``missing``, ``unconfirmed``, ``problems``, ``facts``, ``workings``.
    """
    return engine.render(_FOLDER / "report.typ", paper(data))


def paper(data: Data) -> dict[str, Any]:
    """Return what the template prints."""
    speech = Speech.of(data)
    outline = data.get("outline") or default_outline(data)
    parts = [_part(number, part, data) for number, part in enumerate(outline["parts"], start=1)]
    title = speech.told(data["pack"].get("title")) or data["pack"]["id"]
    return {
        **speech.for_template(),
        "title": speech.told(outline["title"]),
        "subtitle": speech.say("subtitle", title=title, period=speech.period_of(data)),
        "number": data.get("number", ""),
        "mark": mark(data),
        "foot": foot(data["pack"], speech),
        "facts": _facts(data, speech),
        "unconfirmed": unconfirmed_titles(data),
        "warnings": _warnings(data, speech),
        "parts": parts + _workings(len(parts) + 1, data),
        "signatures": [speech.named(each) for each in data.get("signatures", ())],
    }


def default_outline(data: Data) -> dict[str, Any]:
    """Return what a report shows when the regulation has no outline of its own.

    A figure that would have nothing to say is left out: money where none moves, lost points where
    nothing is weighted.
    """
    speech = Speech.of(data)
    weighted = any(
        part.get("weight") for each in data["results"] for part in each.get("components", ())
    )
    losses = [("pareto", "pareto")] if weighted else []
    trend = [("trend", "trend")] if data.get("earlier") else []
    wanted = [
        ("results", [("results", "scores_and_grades"), ("ranking", "ranking"),
                     ("components", "components"), *trend]),
        ("measures", [("measures", "measures")]),
        ("losses", [*losses, ("missing", "missing"), ("unconfirmed", "unconfirmed")]),
    ]  # fmt: skip
    if any(amounts.settled(each) is not None for each in data["results"]):
        wanted.append(("money", [("money", "amounts")]))
    parts = [
        {
            "id": name,
            "title": speech.say(name),
            "figures": [{"show": show, "title": speech.say(title)} for show, title in figures],
        }
        for name, figures in wanted
    ]
    return {"id": "results", "title": speech.say("results_report"), "parts": parts}


def mark(data: Data) -> str:
    """Return what stands boxed in the head of every page: trial, sample, not yet approved."""
    speech = Speech.of(data)
    marks = ["trial"] if data["pack"].get("trial") else []
    marks += ["sample"] if data.get("is_sample") else []
    marks += [data["mark"]] if data.get("mark") else []
    return " · ".join(speech.named(each) for each in marks)


def foot(pack: Data, speech: Speech) -> str:
    """Return the lines that name the regulation with its version, what prevails, its copyright."""
    digest = str(pack.get("digest", ""))[:16]
    told = speech.say("foot", id=pack["id"], version=pack["version"], digest=digest)
    titles = [en if en and speech.is_english else zh for zh, en in pack.get("prevailing", ())]
    quoted = (f"“{each}”" if speech.is_english else f"《{each}》" for each in titles)
    others = speech.listed(quoted)
    prevail = speech.say("prevailing", titles=others) if others else ""
    return "\n".join(filter(None, (told, prevail, speech.told(pack.get("copyright")))))


def figures_of(data: Data) -> list[dict[str, Any]]:
    """Return every figure with its number and id, as the report prints them."""
    return [
        block
        for part in paper(data)["parts"]
        for block in part["blocks"]
        if block["kind"] not in ("text", "note", "warning")
    ]


def _part(number: int, part: Data, data: Data) -> dict[str, Any]:
    speech = Speech.of(data)
    blocks: list[dict[str, Any]] = []
    if part.get("written_by"):
        blocks.append({"kind": "text", "text": data.get("texts", {}).get(part["id"], "")})
    made = list(_figures(part, data, speech))
    blocks += [_numbered(f"{number}-{place}", block, data) for place, block in enumerate(made, 1)]
    title = speech.told(part["title"])
    return {
        "id": part["id"],
        "title": f"{number}. {title}" if speech.is_english else f"{_chinese(number)}、{title}",
        "cites": _in_brackets(speech.clause(part.get("cites", "")), speech),
        "blocks": blocks,
    }


def _figures(part: Data, data: Data, speech: Speech) -> Iterator[dict[str, Any]]:
    for each in part.get("figures", ()):
        figure = {**each, "title": speech.told(each["title"])}
        for block in FIGURES[each["show"]](data, figure):
            yield {"show": each["show"], "of": each.get("kind", ""), **block}


def _in_brackets(cites: str, speech: Speech) -> str:
    if not cites:
        return ""
    return f" ({cites})" if speech.is_english else f"（{cites}）"


def _numbered(place: str, block: dict[str, Any], data: Data) -> dict[str, Any]:
    word = "table" if block["kind"] in ("table", "heat", "working") else "figure"
    key = f"F{data.get('figure_prefix', '')}-{place}"
    base = data.get("figure_url", "")
    label = Speech.of(data).say(word, place=place)
    return {**block, "id": key, "label": label, "url": f"{base}{key}" if base else ""}


def _workings(number: int, data: Data) -> list[dict[str, Any]]:
    wanted, speech = data.get("workings", True), Speech.of(data)
    results = [each for each in data["results"] if each.get("working")]
    if not wanted or not results:
        return []
    blocks = [
        _numbered(f"{number}-{place}", working_of(each, speech), data)
        for place, each in enumerate(results[:_MOST_WORKINGS], start=1)
    ]
    if len(results) > _MOST_WORKINGS:
        said = speech.say("workings_cut", count=len(results), most=_MOST_WORKINGS)
        blocks.insert(0, {"kind": "note", "text": said})
    title = speech.say("workings", count=len(results))
    return [{"id": "workings", "title": title, "cites": "", "new_page": True, "blocks": blocks}]


def working_of(result: Data, speech: Speech) -> dict[str, Any]:
    """Return the working-out of one unit as a block: the score, then the grade that rests on it."""
    roots = [root for root in (result["working"], result.get("grading")) if root]
    facts = {"score": result.get("score") or "—", "grade": speech.told(result.get("grade"))}
    return {
        "kind": "working",
        "show": "working",
        "title": speech.say("working_of", unit=result["unit"], **facts).strip(),
        "lines": [line for lines in lines_together(roots, speech) for line in lines],
    }


def _facts(data: Data, speech: Speech) -> list[list[str]]:
    results = data["results"]
    scored = sum(1 for each in results if each["status"] == "assessed")
    return [
        [speech.say("period"), speech.period_of(data)],
        [speech.say("version"), str(data["pack"]["version"])],
        [speech.say("units"), speech.say("units_scored", count=len(results), scored=scored)],
        *[[speech.named(name), value] for name, value in data.get("facts", ())],
    ]


def _warnings(data: Data, speech: Speech) -> list[dict[str, Any]]:
    problems = [
        f"· {each.get('where', '')} {each.get('message') or each.get('code', '')}"
        for each in data.get("problems", ())
    ]
    if not problems:
        return []
    return [{"title": speech.say("problems", count=len(problems)), "lines": problems[:30]}]


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九十"
    if number <= 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
