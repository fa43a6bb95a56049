"""Two years of everyday calls and findings: what overviews, rankings and trends are made of.

Each department has its own troubles, and some come again and again; one was cured in the second
year. What comes of it is the same on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from zhijian.config.sample.chance import chance_for
from zhijian.config.sample.everyday_texts import CALLS, FINDINGS, WHAT, WHO, CallText, FindingText

#: How many months before the last month of the sample the everyday begins, unless told.
MONTHS = 24
#: How many calls and findings a month has, from the department with few to the one with many.
CALLS_A_MONTH = ("储运中心", "储运中心", "物流业务部", "物流业务部", "订单处理中心", "*", "*", "*")
FINDINGS_A_MONTH = ("储运中心", "物流业务部", "*")
#: What was common in the first year and hardly came in the second: it shows that measures work.
CURED = "发票信息录错"
_CHANNELS = ("投诉热线", "投诉热线", "投诉热线", "电子邮件", "来访", "上级或政府转办")
_MONTH = timedelta(days=30.4)

Text = TypeVar("Text", CallText, FindingText)


@dataclass(frozen=True, slots=True)
class Everyday:
    """A call of two years: when, about which department, by which way, and how it went.

    ``hours`` count from the call to its answer; ``is_redone`` tells of a customer who was not
    satisfied when called back.
    """

    at: datetime
    unit: str
    channel: str
    phone: str
    text: CallText
    hours: float
    is_redone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A finding of two years: when, in which department, and what."""

    at: datetime
    unit: str
    text: FindingText


def calls(until: datetime, months: int) -> Iterator[Everyday]:
    """Yield the calls of so many months, all of them long enough before ``until`` to be settled."""
    for chance, at, unit in _placed("calls", CALLS_A_MONTH, tuple(CALLS), until, months):
        text = _chosen(chance, CALLS[unit])
        if text.title == CURED and at > until - 12 * _MONTH and chance.random() < 0.85:
            continue
        told = _filled(chance, {"title": text.title, "content": text.content})
        yield Everyday(
            at,
            unit,
            chance.choice(_CHANNELS),
            f"138000{chance.randrange(100, 160):05d}",
            CallText(
                text.category, text.cause, told["title"], told["content"], text.findings, text.reply
            ),
            chance.choice((5, 9, 20, 24, 28, 46, 50, 120)),
            chance.random() < 0.07,
        )


def findings(until: datetime, months: int) -> Iterator[Found]:
    """Yield the findings of so many months, all of them settled before ``until``."""
    for chance, at, unit in _placed("findings", FINDINGS_A_MONTH, tuple(FINDINGS), until, months):
        text = _chosen(chance, FINDINGS[unit])
        told = _filled(chance, {"place": text.place, "description": text.description})
        yield Found(
            at,
            unit,
            FindingText(
                text.item, told["place"], told["description"], text.handling, 1, text.is_small
            ),
        )


def _placed(
    what: str, rhythm: Sequence[str], units: Sequence[str], until: datetime, months: int
) -> Iterator[tuple[Random, datetime, str]]:
    """Say when something happens, and where; ``*`` in a rhythm stands for any department."""
    for back in range(months, 0, -1):
        for place, name in enumerate(rhythm):
            chance = chance_for("everyday", what, str(back), str(place))
            unit = chance.choice(units) if name == "*" else name
            at = until - back * _MONTH + timedelta(days=chance.randrange(18))
            at -= timedelta(days=max(0, at.weekday() - 4))
            yield (
                chance,
                at.replace(hour=chance.randrange(8, 17), minute=chance.randrange(60)),
                unit,
            )


def _chosen(chance: Random, texts: Sequence[Text]) -> Text:
    return chance.choices(texts, [each.weight for each in texts])[0]


def _filled(chance: Random, texts: Mapping[str, str]) -> dict[str, str]:
    """Fill the gaps of several texts alike."""
    gaps = {"who": chance.choice(WHO), "what": chance.choice(WHAT), "n": chance.randrange(2, 7)}
    return {name: text.format(**gaps) for name, text in texts.items()}
