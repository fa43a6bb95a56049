"""What a kind of case pays for a loss, as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.printing.lines import line_in_words
from zhijian.packs.printing.naming import Namer, condition_in_words


@dataclass(frozen=True, slots=True)
class Told:
    """A part of a kind of case: its title, its clause, and what it says."""

    title: str
    cites: str
    words: str


def compensation_in_words(kind: CaseKind, pack: Pack, namer: Namer) -> Iterator[Told]:
    """Yield the period, the calculations, the rules in their order, and what is never paid."""
    rules = kind.compensation
    if rules is None:
        return
    namer = replace(namer, titles={**namer.titles, **{each.id: each.title for each in rules.lines}})
    if rules.period:
        period = rules.period
        text = namer.say("从“{}”起“{}”以内；以后：{}", "within “{1}” from “{0}”; after that: {2}")
        limit = namer.text(pack.limits[period.limit].limit.title)
        began = namer.text(kind.facts[period.counted_from].title)
        words = text.format(began, limit, namer.text(period.late.title))
        yield Told(namer.text(period.title), period.late.cites, words)
    for line in rules.lines:
        yield Told(namer.text(line.title), line.cites, line_in_words(line, namer))
    for rule in rules.rules:
        when = condition_in_words(rule.when, namer) if rule.when else namer.say("其余", "otherwise")
        paid = namer.operand(rule.yuan) if rule.yuan else namer.say("不赔偿", "nothing")
        yield Told(namer.text(rule.title), rule.cites, f"{when} → {paid}")
    for each in rules.never:
        yield Told(namer.text(each.title), each.cites, namer.say("不赔偿", "never paid"))
