"""What followed from results, what they lacked, and which values nobody has confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from zhijian.domain.money import capitals, grouped
from zhijian.reports.papers import amounts, cells
from zhijian.reports.papers.blocks import Block, Data, column, ranked, table
from zhijian.reports.papers.speech import Speech
from zhijian.reports.papers.working import said, steps_of, title_of, why_not

_RIGHT, _CENTRE = "right", "center"


def money(data: Data, figure: Data) -> list[Block]:
    """Rewards and penalties with their totals; in Chinese with the amounts in capitals.

    What somebody still has to type is named with its limits, and what was typed with its reason.
    """
    speech = Speech.of(data)
    paid = [each for each in ranked(data) if amounts.settled(each) is not None]
    rows = [
        [
            cells.unit(each),
            cells.grade(each, speech),
            _kind(each, speech),
            cells.money(each, speech),
            *([] if speech.is_english else [_capitals(each)]),
        ]
        for each in paid
    ]
    columns = [
        column(speech.say("unit"), width="1"),
        column(speech.say("grade"), _CENTRE),
        column(speech.say("reward_or_penalty"), _CENTRE),
        column(speech.say("yuan"), _RIGHT),
        *([] if speech.is_english else [column(speech.say("capitals"), width="1")]),
    ]
    note = "".join((_totals(data, paid, speech), *_typing(paid, speech)))
    return [{**table(figure, columns, rows, empty=speech.say("no_money")), "note": note}]


def _totals(data: Data, paid: list[Data], speech: Speech) -> str:
    """The sums by kind where the data tell them, else by unit; then how many are to be typed."""
    known = [amounts.settled(each) or Decimal(0) for each in paid]
    told = data.get("money", {})
    rewards = told.get("rewards", sum((each for each in known if each > 0), Decimal(0)))
    penalties = told.get("penalties", sum((each for each in known if each < 0), Decimal(0)))
    # Signed, as the ledger and the matrix write them.
    sums = {"rewards": grouped(Decimal(rewards)), "penalties": grouped(Decimal(penalties))}
    said = speech.say("totals", **sums)
    count = sum(len(amounts.awaited(each)) for each in paid)
    to_come = speech.say("totals_awaited", count=count) if count else ""
    return f"{said}{to_come}{speech.say('totals_booked') if told.get('is_booked') else ''}"


def _typing(paid: list[Data], speech: Speech) -> Iterator[str]:
    """Which amounts are open within which limits, and which were typed for which reason."""
    for each in paid:
        open_ones = (amounts.in_words(one, speech) for one in amounts.awaited(each))
        typed = (amounts.typed_in_words(one, speech) for one in each.get("typed_amounts", ()))
        for text in (*open_ones, *typed):
            yield speech.say("unit_said", unit=each["unit"], text=text.removesuffix("。"))


def _capitals(result: Data) -> str:
    known = amounts.settled(result)
    return capitals(known) if known else "—"


def missing(data: Data, figure: Data) -> list[Block]:
    """What was not there, for whom, and what that led to."""
    speech = Speech.of(data)
    rows = [
        [each["unit"], each["what"], each.get("reason", "")] for each in data.get("missing", ())
    ]
    rows += [
        [each["unit"], cells.status(each, speech) or each["status"], _why(each, speech)]
        for each in data["results"]
        if each["status"] != "assessed"
    ]
    columns = [
        column(speech.say("unit")),
        column(speech.say("lacking"), width="1"),
        column(speech.say("explained"), width="2"),
    ]
    return [table(figure, columns, rows, empty=speech.say("nothing_missing"))]


def unconfirmed(data: Data, figure: Data) -> list[Block]:
    """The proposed values that were used although nobody confirmed them."""
    speech = Speech.of(data)
    rows = [[each] for each in unconfirmed_titles(data)]
    columns = [column(speech.say("unconfirmed_value"), width="1")]
    return [table(figure, columns, rows, empty=speech.say("all_confirmed"))]


def unconfirmed_titles(data: Data) -> list[str]:
    """Return the unconfirmed values by the titles that the workings-out give them."""
    speech = Speech.of(data)
    names = list(data.get("unconfirmed", ()))
    titles = {
        step["id"].removeprefix("parameter."): title_of(step, speech)
        for result in data["results"]
        for step in steps_of(result.get("working") or {})
        if step.get("op") == "parameter" and step.get("unconfirmed")
    }
    return [titles.get(name, name) for name in names]


def _why(result: Data, speech: Speech) -> str:
    why = why_not(result.get("working") or {}, speech)
    return why or said(result.get("reason") or "", speech)


def _kind(result: Data, speech: Speech) -> str:
    """Reward, penalty or neither; both where money goes one way and the other is to be typed."""
    known, kinds = amounts.settled(result) or Decimal(0), set()
    if known:
        kinds.add("reward" if known > 0 else "penalty")
    kinds.update(each["kind"] for each in amounts.awaited(result))
    return speech.listed(speech.say(each) for each in sorted(kinds, reverse=True)) or speech.say(
        "neither"
    )
