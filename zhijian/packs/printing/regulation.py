"""A whole pack as a readable document in Markdown: what a person reads before trusting it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from zhijian.domain.dates.titles import KINDS
from zhijian.domain.exact import plain
from zhijian.domain.outcomes.outcome import OutcomePlan, Rule
from zhijian.domain.policy.parameter import Entry, Parameter
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.domain.regulation.examples import example_name
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.roles import ROLES
from zhijian.domain.scoring.grade import Grading
from zhijian.domain.scoring.line import Line
from zhijian.domain.scoring.scheme import Scheme
from zhijian.packs.printing.cases import cases
from zhijian.packs.printing.front import articles, front, glossary
from zhijian.packs.printing.limits import limit_in_words
from zhijian.packs.printing.lines import line_in_words
from zhijian.packs.printing.naming import (
    Namer,
    condition_in_words,
    unit_in_words,
    value_in_words,
)
from zhijian.packs.printing.personal import personal
from zhijian.packs.printing.typed import typed_in_words

_TYPES = {
    "decimal": ("数字", "number"),
    "integer": ("整数", "whole number"),
    "text": ("文字", "text"),
    "choice": ("选项", "choice"),
    "flag": ("是/否", "yes or no"),
    "date": ("日期", "date"),
    "reference": ("引用", "reference"),
}
_DATED = {
    "month": ("按月", "for a month"),
    "day": ("按日", "on a day"),
    "period": ("整个考核期", "for the whole period"),
}
_KINDS = {
    "reward": ("奖励", "reward"),
    "penalty": ("惩罚", "penalty"),
    "measure": ("措施", "measure"),
    "none": ("无", "nothing"),
}


def regulation(pack: Pack, digest: str, language: str = "zh") -> str:
    """Return the regulation as Markdown, in ``zh`` or ``en``."""
    namer = Namer.of(pack, language)
    parts = (
        front(pack, digest, namer),
        glossary(pack, namer),
        articles(pack, namer),
        _parameters(pack, namer),
        _kinds(pack, namer),
        _schemes(pack, namer),
        _outcomes(pack, namer),
        _budgets(pack, namer),
        personal(pack, namer),
        _limits(pack, namer),
        _reports(pack, namer),
        cases(pack, language),
        _examples(pack, namer),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = list(heads)
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '∣').replace(chr(10), ' ') for cell in row)} |"
    yield ""


def _parameters(pack: Pack, namer: Namer) -> Iterator[str]:
    if not pack.parameters:
        return
    yield f"## {namer.say('参数', 'Parameters')}\n"
    heads = namer.say("参数|单位|自|取值|依据|备注", "Parameter|Unit|From|Value|Under|Remark")
    rows = (
        _parameter(each, entry, namer)
        for each in pack.parameters.values()
        for entry in each.entries
    )
    yield from _table(heads.split("|"), rows)


def _parameter(parameter: Parameter, entry: Entry, namer: Namer) -> list[str]:
    value = value_in_words(entry.value, namer)
    for whose in (entry.for_groups, entry.for_units):
        value += "".join(f"; {name}: {value_in_words(each, namer)}" for name, each in whose)
    default = namer.say("**DEFAULT** 建议值，待确认", "**DEFAULT** proposed, to be confirmed")
    until = namer.say("核对至 {}", "verified until {}").format(parameter.verified_until)
    note = namer.text(parameter.note)
    remark = "; ".join(filter(None, [default if entry.proposed else "", until, note]))
    title = f"{parameter.title.to(namer.language)} `{parameter.id}`"
    cites = namer.clause(entry.cites.clause)
    unit = unit_in_words(parameter.unit, namer.language)
    return [title, unit, entry.starts.isoformat(), value, cites, remark]


def _kinds(pack: Pack, namer: Namer) -> Iterator[str]:
    if not pack.kinds:
        return
    yield f"## {namer.say('记录', 'Records')}\n"
    for kind in pack.kinds.values():
        yield from _kind(kind, namer)


def _kind(kind: RecordKind, namer: Namer) -> Iterator[str]:
    english = namer.language == "en"
    yield f"### {namer.text(kind.title)} `{kind.id}`{namer.under(kind.cites)}\n"
    absence = {
        "missing": namer.say("没有记录即数据缺失", "no record means the data are missing"),
        "none_happened": namer.say("没有记录即没有发生", "no record means that none happened"),
    }.get(
        kind.absence,
        namer.say(
            "没有记录时以“{}”为准", "without records, “{}” says whether none happened"
        ).format(namer.kind(kind.absence)),
    )
    whose = namer.say(
        "不属于任何单位，各单位共用", "belongs to no unit and serves all of them alike"
    )
    told = [_DATED[kind.dated][english], whose if kind.is_register else "", absence]
    if kind.unique:
        names = namer.listed(
            [
                namer.say("单位", "unit") if n == "unit" else namer.field(kind.id, n)
                for n in kind.unique
            ]
        )
        told.append(namer.say("同一{}只有一条", "one for each {}").format(names))
    told += _sources(kind, namer)
    told.append(namer.text(kind.note))
    yield namer.say(";", "; ").join(filter(None, told)) + "\n"
    heads = namer.say("字段|类型|必填|范围|说明", "Field|Type|Required|Limits|Remark")
    rows = ([*_field(each, namer)] for each in kind.fields)
    yield from _table(heads.split("|"), rows)


def _sources(kind: RecordKind, namer: Namer) -> Iterator[str]:
    """Which cases give records of the kind, and whether people may enter some as well."""
    for source in kind.sources:
        case = f"`{source.pack}: {source.case}`" if source.pack else f"`{source.case}`"
        said = namer.say("取自案件 {}，按 `{}` 归入期间", "given by cases {}, dated by `{}`")
        yield said.format(case, source.on)
    if kind.sources:
        yield (
            namer.say("也可手工录入，并作标记", "may also be entered by hand, and is marked so")
            if kind.by_hand
            else namer.say("不能手工录入", "cannot be entered by hand")
        )


def _field(field: Field, namer: Namer) -> Iterator[str]:
    yield f"{field.title.to(namer.language)} `{field.id}`"
    yield _TYPES[field.type][namer.language == "en"]
    yield namer.say("是", "yes") if field.required else ""
    low = "" if field.at_least is None else f"≥ {plain(field.at_least)}"
    high = "" if field.at_most is None else f"≤ {plain(field.at_most)}"
    step = namer.say("每 {} 一档", "in steps of {}").format(plain(field.step)) if field.step else ""
    part = namer.say("计入总分", "part of the total") if field.part_of_total else ""
    options = namer.listed([namer.text(each) for each in field.options.values()])
    yield "; ".join(filter(None, [low, high, step, options, field.to, part]))
    yield namer.text(field.note)


def _schemes(pack: Pack, namer: Namer) -> Iterator[str]:
    for scheme in pack.schemes.values():
        yield f"## {scheme.title.to(namer.language)} `{scheme.id}`\n"
        yield from _scheme(scheme, namer)


def _scheme(scheme: Scheme, namer: Namer) -> Iterator[str]:
    periods = namer.listed([KINDS[each].to(namer.language) for each in scheme.periods])
    subject = scheme.subject.to(namer.language)
    told = namer.say("对象：{}。周期：{}。", "Subject: {}. Periods: {}.")
    yield told.format(subject, periods) + "\n"
    yield from _lines(scheme.lines, namer)
    score = namer.name(scheme.score)
    yield namer.say("**得分**:“{}”。", "**Score**: “{}”.").format(score) + "\n"
    if scheme.grading:
        yield from _grading(scheme.grading, namer)


def _lines(lines: Iterable[Line], namer: Namer) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        note = f" — {namer.text(line.note)}" if line.note else ""
        head = f"**{namer.text(line.title)}** `{line.id}`{namer.under(line.cites)}"
        yield f"{number}. {head}: {line_in_words(line, namer)}{note}"
    yield ""


def _grading(grading: Grading, namer: Namer) -> Iterator[str]:
    yield f"### {namer.say('等次', 'Grades')}{namer.under(grading.cites)}\n"
    titles = [namer.word(each) for each in grading.order]
    text = namer.say("由高到低：{}；按 {}。", "Best first: {}; by {}.")
    yield text.format(namer.listed(titles), namer.operand(grading.of)) + "\n"
    bands = grading.bands
    if bands is not None and bands.inline is not None:
        yield f"- {value_in_words(bands.inline, namer)}"
    elif bands is not None:
        yield f"- {namer.say('见参数', 'see')} “{namer.name(f'parameter.{bands.parameter}')}”"
    for veto in grading.vetoes:
        most = namer.say("最高 {}", "at most {}").format(namer.word(veto.at_most))
        lower = namer.say("降 {} 等", "{} grades lower").format(veto.by) if veto.by else ""
        effects = namer.listed([*filter(None, [most if veto.at_most else "", lower])])
        when = condition_in_words(veto.when, namer)
        yield f"- {namer.text(veto.title)}{namer.under(veto.cites)}: {when} → {effects}"
    for share in grading.ranking:
        where = namer.say(
            "末位" if share.from_bottom else "前列", "bottom" if share.from_bottom else "top"
        )
        among = namer.listed([namer.word(each) for each in share.among])
        title, percent = namer.text(share.title), plain(share.share * 100)
        yield f"- {title}: {where} {percent}% {among} → {namer.word(share.gives)}"
    if grading.needs_person:
        yield namer.say(
            "- 等次由有权人说明理由后确认", "- a person confirms the grade with a reason"
        )
    yield ""


def _outcomes(pack: Pack, namer: Namer) -> Iterator[str]:
    for plan in pack.outcomes.values():
        yield f"## {plan.title.to(namer.language)} `{plan.id}`\n"
        yield from _lines(plan.lines, namer)
        yield from _rules(plan, namer)


def _rules(plan: OutcomePlan, namer: Namer) -> Iterator[str]:
    heads = namer.say("后果|种类|条件|内容|依据|审批", "Outcome|Kind|When|What|Under|Approved by")
    yield from _table(heads.split("|"), ([*_rule(each, namer)] for each in plan.rules))


def _rule(rule: Rule, namer: Namer) -> Iterator[str]:
    yield rule.title.to(namer.language)
    yield _KINDS[rule.kind][namer.language == "en"]
    yield condition_in_words(rule.when, namer) if rule.when else ""
    yuan = namer.say("{} 元", "{} yuan").format(namer.operand(rule.yuan)) if rule.yuan else ""
    days = (
        namer.say("{} 日内", "within {} days").format(namer.operand(rule.days)) if rule.days else ""
    )
    yield "; ".join(filter(None, [namer.text(rule.text), yuan, typed_in_words(rule, namer), days]))
    yield namer.clause(rule.cites)
    yield _role(rule.approver, namer)


def _role(role: str, namer: Namer) -> str:
    return namer.text(ROLES.get(role, role))


def _budgets(pack: Pack, namer: Namer) -> Iterator[str]:
    if not pack.budgets:
        return
    yield f"## {namer.say('额度', 'Budgets')}\n"
    for each in pack.budgets.values():
        limit, per = (
            namer.name(f"parameter.{each.limit}"),
            KINDS[each.per].to(namer.language),
        )
        text = namer.say("“{}”元，按{};{};{}", "“{}” yuan a {}; {}; {}")
        told = text.format(limit, per, _role(each.holder, namer), namer.text(each.covers))
        yield f"- **{namer.text(each.title)}**{namer.under(each.cites)}: {told}"
    yield ""


def _limits(pack: Pack, namer: Namer) -> Iterator[str]:
    if not pack.limits:
        return
    yield f"## {namer.say('时限', 'Limits')}\n"
    for rule in pack.limits.values():
        head = f"**{namer.text(rule.limit.title)}** `{rule.id}`{namer.under(rule.limit.cites)}"
        yield f"- {head}: {limit_in_words(rule, namer)}"
    yield ""


def _reports(pack: Pack, namer: Namer) -> Iterator[str]:
    for outline in pack.outlines.values():
        yield f"## {namer.text(outline.title)} `{outline.id}`{namer.under(outline.cites)}\n"
        for number, part in enumerate(outline.parts, start=1):
            figures = namer.listed([each.title.to(namer.language) for each in part.figures])
            yield f"{number}. {part.title.to(namer.language)}{': ' + figures if figures else ''}"
        yield ""


def _examples(pack: Pack, namer: Namer) -> Iterator[str]:
    if not pack.examples:
        return
    yield f"## {namer.say('示例', 'Examples')}\n"
    for raw in pack.examples:
        yield f"- {namer.text(example_name(raw))}"
    yield ""
