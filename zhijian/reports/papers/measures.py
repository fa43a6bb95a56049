"""What was measured behind each part of a score: the figures that came straight from records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from zhijian.domain.explain.document import from_document
from zhijian.domain.explain.step import Step
from zhijian.packs.printing import number
from zhijian.reports.papers.blocks import Block, Data, column, ranked, table
from zhijian.reports.papers.cells import part_titles
from zhijian.reports.papers.speech import Speech

_RIGHT = "right"
#: More columns than this do not fit beside the names of the units.
_MOST_COLUMNS = 5


def measures(data: Data, figure: Data) -> list[Block]:
    """A table for each part: its measures for every unit, and what they came to."""
    speech = Speech.of(data)
    workings = [(each, _steps(each)) for each in ranked(data)]
    made: list[Block] = []
    for part, title in part_titles(data, speech).items():
        names = _measured(steps.get(part) for _result, steps in workings)
        groups = [names[at : at + _MOST_COLUMNS] for at in range(0, len(names), _MOST_COLUMNS)]
        for place, group in enumerate(groups, start=1):
            facts = {"part": title, "place": place, "count": len(groups)}
            phrase = "measures_of" if len(groups) == 1 else "measures_more"
            own = {**figure, "title": speech.say(phrase, **facts)}
            made.append(_table(own, part, group, workings, speech))
    return made or [table(figure, [], [], empty=speech.say("nothing_measured"))]


def _table(
    figure: Data,
    part: str,
    names: list[str],
    workings: list[tuple[Data, Mapping[str, Step]]],
    speech: Speech,
) -> Block:
    titles = {
        step.id: step.title.to(speech.language) or step.id
        for _result, steps in workings
        for step in (steps[name] for name in names if name in steps)
    }
    rows = [
        [
            result["unit"],
            *(_cell(steps.get(name), speech) for name in names),
            _cell(steps.get(part), speech),
        ]
        for result, steps in workings
    ]
    columns = [
        column(speech.say("unit"), width="3"),
        *(column(speech.told(titles[name]), _RIGHT, width="2") for name in names),
        column(speech.say("score"), _RIGHT),
    ]
    return table(figure, columns, rows)


def _steps(result: Data) -> dict[str, Step]:
    """Every line of the working-out of a unit by its name."""
    working = result.get("working")
    return {step.id: step for step in from_document(working).walk()} if working else {}


def _measured(parts: Iterator[Step | None] | Any) -> list[str]:
    """The lines behind a part that were measured from records, in the order of the working-out."""
    found = (
        step.id
        for part in parts
        if part is not None
        for step in part.walk()
        if step.evidence is not None and step.op != "given"
    )
    return list(dict.fromkeys(found))


def _cell(step: Step | None, speech: Speech) -> str:
    return "—" if step is None or step.value is None else number(step.value, speech.words)
