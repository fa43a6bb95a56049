"""Kinds of case as people read them: facts, levels, clocks, states, steps, consequences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.kind import CaseClock, CaseKind, Consequence
from zhijian.domain.casework.level import Level, Repetition
from zhijian.domain.casework.register import Control
from zhijian.domain.casework.who import in_words
from zhijian.domain.exact import plain
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words
from zhijian.packs.printing.case_calls import call_back_in_words
from zhijian.packs.printing.case_steps import step_in_words, way_in_words
from zhijian.packs.printing.compensation import Told, compensation_in_words
from zhijian.packs.printing.naming import Namer, condition_in_words

_TYPES = {
    "decimal": Words("数字", "number"),
    "integer": Words("整数", "whole number"),
    "text": Words("文字", "text"),
    "choice": Words("选项", "choice"),
    "flag": Words("是/否", "yes or no"),
    "date": Words("日期", "date"),
    "moment": Words("时刻", "day and time"),
    "file": Words("附件", "files"),
    "person": Words("人员", "person"),
    "unit": Words("单位", "unit"),
}
_TIMES = {
    "past": Words("不晚于填写时", "not later than entered"),
    "future": Words("不早于填写时", "not before entered"),
}
_SPANS = {
    "week": Words("周", "week"),
    "month": Words("月", "month"),
    "quarter": Words("季度", "quarter"),
    "year": Words("年", "year"),
}
_ENDS = {
    "closed": Words("办结", "done"),
    "referred": Words("转其他程序", "handed to another procedure"),
    "rejected": Words("不予受理", "not taken up"),
    "withdrawn": Words("撤回", "taken back"),
    "merged": Words("并案", "part of another case"),
}


def namer_of(pack: Pack, kind: CaseKind, language: str) -> Namer:
    """Return the names of a kind of case on top of those of its pack."""
    namer = Namer.of(pack, language)
    own = {fact.id: fact.title for fact in kind.facts.values()}
    own["level"] = Words("等级", "level")
    return replace(namer, titles={**namer.titles, **own})


def fact_in_words(kind: CaseKind, fact: Fact, namer: Namer) -> str:
    """Return what a fact may hold, as phrases."""
    field = fact.field
    low = "" if field.at_least is None else f"≥ {plain(field.at_least)}"
    high = "" if field.at_most is None else f"≤ {plain(field.at_most)}"
    lasting = fact.lasting or fact.id == kind.confidential
    type_ = namer.text(_TYPES[fact.type])
    options = namer.listed([namer.text(each) for each in field.options.values()])
    told = [
        namer.say("{}：{}", "{}: {}").format(type_, options) if options else type_,
        low,
        high,
        namer.text(_TIMES[fact.time]) if fact.time else "",
        namer.say("一经设定不能取消", "never taken back") if lasting else "",
        namer.say("匿名时留空", "blank when anonymous") if fact.names_reporter else "",
        namer.say("个人信息", "personal data") if field.personal else "",
        namer.text(field.note),
    ]
    return namer.say("；", "; ").join(filter(None, told))


def level_in_words(kind: CaseKind, level: Level, pack: Pack, namer: Namer) -> str:
    """Return when a level is proposed and what it brings, as a sentence."""
    told = [
        condition_in_words(level.when, namer)
        if level.when
        else namer.say("其余情形或由人选定", "where no other applies, or chosen")
    ]
    if level.record == "optional":
        told.append(namer.say("可无记录", "a record is optional"))
    if level.needs:
        names = namer.listed([namer.text(kind.facts[each].title) for each in level.needs])
        told.append(namer.say("结案须有{}", "cannot be closed without {}").format(names))
    for clock, limit in level.limits.items():
        titles = namer.text(kind.clocks[clock].title), namer.text(pack.limits[limit].limit.title)
        told.append(namer.say("{}按“{}”", "{} by “{}”").format(*titles))
    if level.rank:
        told.append(namer.say("统计时计为共同等级 {}", "rank {} in statistics").format(level.rank))
    return namer.say("；", "; ").join(told)


def repetition_in_words(kind: CaseKind, rule: Repetition, namer: Namer) -> str:
    """Return what repetition does, as a sentence."""
    unit = Words("单位", "unit")
    same = namer.listed(
        [namer.text(unit if each == "unit" else kind.facts[each].title) for each in rule.same]
    )
    text = namer.say(
        "{} 天内同一{}第 {} 次起，至少为“{}”",
        "within {} days with the same {}, from number {} on at least “{}”",
    )
    days, count = namer.operand(rule.within), namer.operand(rule.count)
    return text.format(days, same, count, namer.text(kind.levels[rule.raises].title))


def control_in_words(kind: CaseKind, rule: Control, pack: Pack, namer: Namer) -> str:
    """Return what is counted and what is proposed past the limit, as a sentence."""
    same = namer.listed([namer.text(kind.facts[each].title) for each in rule.each])
    alike = namer.say("、同一{}", " and the same {}").format(same) if same else ""
    counts = condition_in_words(rule.counts, namer) if rule.counts else namer.say("全部", "all")
    text = namer.say(
        "每{}、每个单位{}：{}；超过 {} 次的，提出“{}”",
        "each {} and unit{}: {}; more than {} propose “{}”",
    )
    named = namer.text(pack.cases[rule.opens.kind].title)
    span = namer.text(_SPANS[rule.span])
    return text.format(span, alike, counts, namer.operand(rule.above), named)


def consequence_in_words(kind: CaseKind, rule: Consequence, namer: Namer) -> str:
    """Return what follows by itself, as a sentence."""
    overdue, taken = namer.say("“{}”逾期", "“{}” overdue"), namer.say("办理“{}”", "“{}” taken")
    causes = [overdue.format(namer.text(kind.clocks[each].title)) for each in rule.overdue]
    causes += [taken.format(namer.text(kind.steps[each].title)) for each in rule.steps]
    fault = kind.facts[rule.fault_fact].title if rule.fault_fact else rule.fault
    fine = f" ({namer.name(f'parameter.{rule.fine}')})" if rule.fine else ""
    text = namer.say("{} → {}各计{}一次{}", "{} → to each of {}: {}{}")
    whom = namer.text(in_words(each.who for each in rule.charged))
    return text.format(namer.say(" 或 ", " or ").join(causes), whom, namer.text(fault), fine)


def clock_in_words(clock: CaseClock, pack: Pack, namer: Namer) -> str:
    """Return which limit a clock has."""
    if not clock.limit:
        return namer.say("时限按等级", "by the level")
    return namer.text(pack.limits[clock.limit].limit.title)


def parts_in_words(
    kind: CaseKind, pack: Pack, namer: Namer
) -> Iterator[tuple[str, tuple[Told, ...]]]:
    """Yield the headings of a kind of case, each with its parts; none is empty."""
    found = (
        (namer.say("事实", "Facts"), _facts(kind, namer)),
        (namer.say("等级", "Levels"), _levels(kind, pack, namer)),
        (namer.say("计时", "Clocks"), _clocks(kind, pack, namer)),
        (namer.say("状态", "States"), _states(kind, namer)),
        (namer.say("办理节点", "Steps"), _steps(kind, pack, namer)),
        (namer.say("赔偿", "Compensation"), compensation_in_words(kind, pack, namer)),
        (namer.say("回访", "Call-backs"), _call_backs(kind, namer)),
        (namer.say("控制次数", "Counts with a limit"), _controls(kind, pack, namer)),
        (namer.say("后果", "Consequences"), _consequences(kind, namer)),
        (namer.say("表单", "Forms"), _forms(kind, namer)),
    )
    for heading, parts in found:
        told = tuple(parts)
        if told:
            yield heading, told


def _facts(kind: CaseKind, namer: Namer) -> Iterator[Told]:
    for each in kind.facts.values():
        yield Told(namer.text(each.title), "", fact_in_words(kind, each, namer))


def _levels(kind: CaseKind, pack: Pack, namer: Namer) -> Iterator[Told]:
    for each in kind.levels.values():
        yield Told(namer.text(each.title), each.cites, level_in_words(kind, each, pack, namer))
    for rule in kind.repeats:
        yield Told(namer.text(rule.title), rule.cites, repetition_in_words(kind, rule, namer))


def _clocks(kind: CaseKind, pack: Pack, namer: Namer) -> Iterator[Told]:
    for each in kind.clocks.values():
        yield Told(namer.text(each.title), each.cites, clock_in_words(each, pack, namer))


def _states(kind: CaseKind, namer: Namer) -> Iterator[Told]:
    for each in kind.states.values():
        ends = namer.text(_ENDS[each.ends]) if each.ends else ""
        yield Told(namer.text(each.title), each.cites, ends)


def _steps(kind: CaseKind, pack: Pack, namer: Namer) -> Iterator[Told]:
    for each in kind.steps.values():
        way = way_in_words(kind, each, namer)
        words = step_in_words(kind, each, pack, namer)
        text = f"[{way}] {words}"
        yield Told(namer.text(each.title), each.cites, text)


def _call_backs(kind: CaseKind, namer: Namer) -> Iterator[Told]:
    for each in kind.call_backs.values():
        yield Told(namer.text(each.title), each.cites, call_back_in_words(kind, each, namer))


def _controls(kind: CaseKind, pack: Pack, namer: Namer) -> Iterator[Told]:
    for each in kind.controls:
        yield Told(namer.text(each.title), each.cites, control_in_words(kind, each, pack, namer))


def _consequences(kind: CaseKind, namer: Namer) -> Iterator[Told]:
    for each in kind.consequences:
        yield Told(namer.text(each.title), each.cites, consequence_in_words(kind, each, namer))


def _forms(kind: CaseKind, namer: Namer) -> Iterator[Told]:
    for each in kind.forms.values():
        yield Told(namer.text(each.title), each.cites, namer.clause(each.number))


def cases(pack: Pack, language: str) -> Iterator[str]:
    """Yield the kinds of case of a printed regulation."""
    for kind in pack.cases.values():
        namer = namer_of(pack, kind, language)
        title = namer.say("案件：{}", "Cases: {}").format(namer.text(kind.title))
        yield f"## {title} `{kind.id}`{namer.under(kind.cites)}\n"
        if kind.note:
            yield f"{namer.text(kind.note)}\n"
        if kind.listing:
            said = namer.say("登记时显示：{}", "Shown when recording: {}")
            yield f"{said.format(namer.text(kind.listing.definition))}\n"
        for heading, parts in parts_in_words(kind, pack, namer):
            yield f"### {heading}\n"
            for each in parts:
                words = f": {each.words}" if each.words else ""
                yield f"- **{each.title}**{namer.under(each.cites)}{words}"
            yield ""
