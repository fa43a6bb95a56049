"""How single facts of a result are written in the cells of a paper."""

from __future__ import annotations

from typing import Any

from zhijian.reports.papers import amounts
from zhijian.reports.papers.blocks import Data
from zhijian.reports.papers.speech import Speech
from zhijian.reports.papers.working import steps_of


def unit(result: Data) -> Any:
    """The name of the unit, with the address of its page where there is one."""
    return {"text": result["unit"], "link": result["url"]} if result.get("url") else result["unit"]


def score(result: Data) -> str:
    """The score, or a dash."""
    return result.get("score") or "—"


def status(result: Data, speech: Speech) -> str:
    """Why a result has no grade; empty for one that was assessed."""
    known = result["status"] in ("not_assessed", "blocked")
    return speech.say(result["status"]) if known else ""


def grade(result: Data, speech: Speech) -> str:
    """The grade, or why there is none."""
    return speech.told(result.get("grade")) or status(result, speech) or "—"


def money(result: Data, speech: Speech) -> Any:
    """The amount with separators, or that it is still to be typed; a loss in warning colour."""
    return toned(*amounts.in_cell(result, speech))


def toned(text: str, is_bad: bool) -> Any:
    """A text, in the colour of warnings where it is bad."""
    return {"text": text, "tone": "bad"} if is_bad else text


def by_id(result: Data) -> dict[str, str | None]:
    """The scores of the parts by their names."""
    return {each["id"]: each.get("score") for each in result.get("components", ())}


def part_titles(data: Data, speech: Speech) -> dict[str, str]:
    """The titles of the parts with their weights, where all units are weighted alike."""
    known, same = _known_titles(data, speech), _same_weights(data)
    titles: dict[str, str] = {}
    for result in data["results"]:
        for each in result.get("components", ()):
            title = speech.told(each.get("title")) or known.get(each["id"], each["id"])
            weight = f" {each['weight']}%" if each.get("weight") and same else ""
            titles.setdefault(each["id"], f"{title}{weight}")
    return titles


def _known_titles(data: Data, speech: Speech) -> dict[str, str]:
    """The titles of the lines: as the scheme has them, else as a working-out tells them."""
    working = next((each["working"] for each in data["results"] if each.get("working")), {})
    told = {step["id"]: step.get("title", "") for step in steps_of(working) if step.get("title")}
    told |= {each["id"]: each["title"] for each in data.get("shape", {}).get("parts", ())}
    return {name: speech.told(title) for name, title in told.items()}


def _same_weights(data: Data) -> bool:
    seen = {
        tuple((each["id"], each.get("weight")) for each in result.get("components", ()))
        for result in data["results"]
        if result["status"] == "assessed"
    }
    return len(seen) <= 1
