"""Rewards and penalties of persons as they are printed."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.outcomes.personal import Ground, Measure, PersonalPlan
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.packs.printing.naming import Namer

KINDS = {
    "penalty": Words("处罚", "Penalty"),
    "training": Words("培训教育", "Training"),
    "reward": Words("奖励", "Reward"),
}
_MONEY = {
    "none": Words("不带金额", "no amount"),
    "may": Words("可以带金额", "an amount may go with it"),
    "must": Words("须带金额", "an amount goes with it"),
    "fault": Words("金额按案件中的过失确定", "the amount is the one of the fault in the case"),
}
_OFFENDERS = {
    "none": Words("", ""),
    "named": Words("以对当事人的决定为依据", "rests on the decision about the offender"),
    "same": Words("与当事人同等处理", "treated as the offender"),
}
_STOP = Words("；", "; ")
_COMMA = Words("、", ", ")


def personal(pack: Pack, namer: Namer) -> Iterator[str]:
    """Yield the lines of Markdown; nothing where the regulation has no such rules."""
    for plan in pack.personal.values():
        yield f"## {namer.text(plan.title)}{namer.under(plan.cites)}\n"
        if plan.objection_days:
            days = namer.name(f"parameter.{plan.objection_days}")
            yield namer.say("异议期限：“{}”日", "Objection within “{}” days").format(days) + "\n"
        yield namer.say("措施由轻到重：", "Measures from light to grave:") + "\n"
        for each in plan.measures.values():
            told = measure_in_words(each, namer.language)
            yield f"1. **{namer.text(each.title)}**{namer.under(each.cites)}: {told}"
        yield "\n" + namer.say("事由：", "Grounds:") + "\n"
        for ground in plan.grounds.values():
            told = ground_in_words(plan, ground, namer.language)
            yield f"- **{namer.text(ground.title)}**{namer.under(ground.cites)}: {told}"
        yield ""


def measure_in_words(measure: Measure, language: str) -> str:
    """Say what sort of measure it is, and whether money goes with it."""
    parts = (KINDS[measure.kind], _MONEY[measure.money])
    return _STOP.to(language).join(each.to(language) for each in parts)


def ground_in_words(plan: PersonalPlan, ground: Ground, language: str) -> str:
    """Say which measures fit a ground, and what else it rests on."""
    fits = (plan.measures[each].title.to(language) for each in ground.measures)
    parts = (_COMMA.to(language).join(fits), _OFFENDERS[ground.offender].to(language))
    return _STOP.to(language).join(filter(None, parts))
