"""A line of a scheme as a sentence: what it is worked out from, and how. Needs no framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from zhijian.domain.exact import plain
from zhijian.domain.policy.values import Weights
from zhijian.domain.records.measure import Each, FieldTest, Measure
from zhijian.domain.scoring.arithmetic import Calculation, Tally, Weighted
from zhijian.domain.scoring.choice import Cap, Extreme, If, Requirement, Switch
from zhijian.domain.scoring.conversion import (
    Banding,
    Interpolation,
    Judgement,
    LookUp,
    Replacement,
    Source,
)
from zhijian.domain.scoring.line import Line
from zhijian.domain.scoring.measuring import Measuring, Share
from zhijian.domain.scoring.past import Previous, Streak
from zhijian.domain.words import Words
from zhijian.packs.printing.naming import (
    TESTS,
    Namer,
    comparison_in_words,
    condition_in_words,
    value_in_words,
)

_STATISTICS = {
    "count": Words("条数", "number"),
    "sum": Words("合计", "sum"),
    "mean": Words("平均数", "mean"),
    "trimmed_mean": Words("去掉两端后的平均数", "trimmed mean"),
    "median": Words("中位数", "median"),
    "min": Words("最小值", "smallest value"),
    "max": Words("最大值", "largest value"),
    "latest": Words("最近一条的值", "latest value"),
    "days_overdue": Words("逾期天数合计", "days overdue"),
}
_SIGNS = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " ÷ "}
_MODES = {
    "half_up": Words("四舍五入", "halves up"),
    "half_even": Words("四舍六入五成双", "halves to even"),
    "down": Words("舍去", "down"),
    "up": Words("进位", "up"),
    "ceiling": Words("向上取整", "towards the larger"),
}
_MISSING = {
    "not_assessed": Words("缺一不评", "all must have a value"),
    "block": Words("缺一即暂停", "held up while one is missing"),
    "spread": Words("缺项的权重分摊给其余", "the others carry the weight of one that is missing"),
}


def line_in_words(line: Line, namer: Namer) -> str:
    """Return the rule of a line as a sentence."""
    told = [_TOLD[type(line.op).__name__](line.op, line.name, namer)]
    if line.floor:
        told.append(namer.say("不低于 {}", "not below {}").format(namer.operand(line.floor)))
    if line.cap:
        told.append(namer.say("不高于 {}", "not above {}").format(namer.operand(line.cap)))
    if line.rounding:
        mode = _MODES[line.rounding.mode].to(namer.language)
        told.append(
            namer.say("{}至 {} 位小数", "rounded {} to {} decimals").format(
                mode, line.rounding.places
            )
        )
    return namer.say(";", "; ").join(told)


def _filter(kind: str, where: tuple[FieldTest, ...], namer: Namer) -> str:
    told = [
        f"{namer.field(kind, test.field)} {comparison_in_words(each, namer)}"
        for test in where
        for each in test.comparisons
    ]
    return namer.say("(限：{})", " (where {})").format(namer.listed(told)) if told else ""


def _measuring(op: Measuring, name: str, namer: Namer) -> str:
    measure = op.measure
    told = [_measured(measure, namer)]
    if measure.keyed_by:
        text = namer.say("只看 {} 与“{}”相同的记录", "only records whose {} equals “{}”")
        told.append(
            text.format(namer.field(measure.kind, measure.keyed_by), namer.name(op.key_line))
        )
    if measure.each:
        told.append(_each(measure.each, op.conversion, namer))
    if op.every_month:
        told.append(namer.say("每月都须有数据", "every month must have data"))
    if op.minimum > 1:
        told.append(namer.say("至少 {} 条", "at least {} records").format(op.minimum))
    told.append(_absent(op.none, namer))
    return namer.say(",", ", ").join(filter(None, told))


def _measured(measure: Measure, namer: Namer) -> str:
    statistic = _STATISTICS[measure.statistic].to(namer.language)
    if measure.statistic == "days_overdue":
        what = (
            f"{namer.field(measure.kind, measure.due)} → {namer.field(measure.kind, measure.done)}"
        )
    else:
        what = namer.field(measure.kind, measure.field) if measure.field else ""
    of = f"{namer.kind(measure.kind)}{'·' + what if what else ''}"
    per = namer.say("先按月计算再取各月平均,", "month by month, then the mean of the months: ")
    drop = namer.say("(两端各去掉 {} 个)", " ({} dropped at each end)").format(measure.drop)
    return (
        (per if measure.per_month else "")
        + namer.say(f"{of}的{statistic}", f"{statistic} of {of}")
        + (drop if measure.drop else "")
        + _filter(measure.kind, measure.where, namer)
    )


def _each(each: Each, conversion: str, namer: Namer) -> str:
    told = []
    if each.replace and each.gives is not None:
        tests = namer.listed([comparison_in_words(test, namer) for test in each.replace])
        told.append(
            namer.say("单条{}的计 {}", "each that {} counts as {}").format(tests, plain(each.gives))
        )
    table = each.bands or each.points or each.table
    if conversion:
        title = namer.name(f"parameter.{conversion}")
        told.append(namer.say("单条按“{}”换算", "each converted by “{}”").format(title))
    elif table is not None:
        shown = value_in_words(table, namer)
        told.append(namer.say("单条换算：{}", "each converted: {}").format(shown))
    if each.times is not None:
        told.append(f"× {plain(each.times)}")
    return namer.listed(told)


def _absent(none: Any, namer: Namer) -> str:
    if none.use is not None:
        return namer.say("没有数据时计 {}", "{} where there is no data").format(plain(none.use))
    if none.status == "blocked":
        return namer.say("没有数据则暂停计算", "held up while there is no data")
    return ""


def _share(op: Share, name: str, namer: Namer) -> str:
    extra = op.part.where[len(op.whole.where) :]
    whole = namer.kind(op.whole.kind) + _filter(op.whole.kind, op.whole.where, namer)
    part = _filter(op.part.kind, extra, namer)
    times = "" if op.times == 1 else f" × {plain(op.times)}"
    told = namer.say(
        f"{whole}中符合条件{part}的占比{times}", f"share of {whole} that pass{part}{times}"
    )
    return namer.say(",", ", ").join(filter(None, [told, _absent(op.none, namer)]))


def _weighted(op: Weighted, name: str, namer: Namer) -> str:
    if isinstance(op.weights, Weights):
        parts = [f"{namer.name(part)} × {plain(op.weights.of(part) or 0)}" for part in op.parts]
        by = ""
    else:
        parts = [namer.name(part) for part in op.parts]
        title = namer.name(f"parameter.{op.weights}")
        by = namer.say(",权重见“{}”", ", weights in “{}”").format(title)
    kind = (
        namer.say("加权平均", "weighted mean")
        if op.divides
        else namer.say("加权合计", "weighted sum")
    )
    missing = _MISSING[op.missing].to(namer.language)
    return f"{kind}: {namer.listed(parts)}{by}{namer.say(',', ', ')}{missing}"


def _calculated(op: Calculation, name: str, namer: Namer) -> str:
    return _SIGNS[op.name].join(namer.operand(each) for each in op.operands)


def _tally(op: Tally, name: str, namer: Namer) -> str:
    sign = " − " if op.sign < 0 else " + "
    counted = [f"{namer.operand(count)} × {namer.operand(per)}" for count, per in op.counted]
    return sign.join([namer.operand(op.start), *counted, *map(namer.operand, op.also)])


def _source(source: Source, namer: Namer) -> str:
    if source.parameter:
        return f"“{namer.name(f'parameter.{source.parameter}')}”"
    return value_in_words(source.inline, namer)


def _banded(op: Banding, name: str, namer: Namer) -> str:
    text = namer.say("{} 按档取值：{}", "{} by bands: {}")
    return text.format(namer.operand(op.of), _source(op.source, namer))


def _interpolated(op: Interpolation, name: str, namer: Namer) -> str:
    corners = [f"({namer.operand(x)}, {namer.operand(y)})" for x, y in op.points]
    points = "; ".join(corners) if corners else _source(op.source, namer)
    told = [
        namer.say("{} 按折线换算：{}", "{} along the line {}").format(namer.operand(op.of), points)
    ]
    if op.below:
        told.append(
            namer.say("首点以外计 {}", "{} short of the first point").format(
                namer.operand(op.below)
            )
        )
    if op.above:
        told.append(
            namer.say("末点及以外计 {}", "{} from the last point on").format(
                namer.operand(op.above)
            )
        )
    return namer.say(",", ", ").join(told)


def _looked_up(op: LookUp, name: str, namer: Namer) -> str:
    keys = [namer.operand(each) for each in (op.row, op.column) if each]
    text = namer.say("按 {} 查表：{}", "looked up by {} in {}")
    return text.format(" × ".join(keys), _source(op.source, namer))


def _tested(op: Judgement | Replacement, namer: Namer) -> str:
    limit = TESTS[op.word].to(namer.language).format(namer.operand(op.limit))
    return f"{namer.operand(op.of)} {limit}"


def _judged(op: Judgement, name: str, namer: Namer) -> str:
    text = namer.say("{} 时计 {}，否则计 {}", "{}: {}, else {}")
    return text.format(_tested(op, namer), namer.operand(op.passed), namer.operand(op.failed))


def _replaced(op: Replacement, name: str, namer: Namer) -> str:
    text = namer.say("{} 时计 {}，否则照取", "{}: {}, else as it is")
    return text.format(_tested(op, namer), namer.operand(op.with_))


def _extreme(op: Extreme, name: str, namer: Namer) -> str:
    word = (
        namer.say("取最高", "highest of")
        if op.name == "highest"
        else namer.say("取最低", "lowest of")
    )
    skips = namer.say("(缺项不计)", " (missing ones passed over)") if op.skips else ""
    return f"{word} {namer.listed([namer.operand(each) for each in op.operands])}{skips}"


def _switched(op: Switch, name: str, namer: Namer) -> str:
    cases = [f"{namer.word(word)}: {namer.operand(each)}" for word, each in op.cases]
    if op.otherwise:
        cases.append(f"{namer.say('其他', 'else')}: {namer.operand(op.otherwise)}")
    return namer.say("按 {} 选用：{}", "by {}: {}").format(namer.operand(op.on), "; ".join(cases))


def _conditional(op: If, name: str, namer: Namer) -> str:
    text = namer.say("若 {}，取 {}；否则取 {}", "if {}: {}, else {}")
    when = condition_in_words(op.when, namer)
    return text.format(when, namer.operand(op.then), namer.operand(op.otherwise))


def _limited(op: Cap, name: str, namer: Namer) -> str:
    ends = []
    if op.at_most:
        ends.append(namer.say("最高 {}", "at most {}").format(namer.operand(op.at_most)))
    if op.at_least:
        ends.append(namer.say("最低 {}", "at least {}").format(namer.operand(op.at_least)))
    text = namer.say("{}，若 {} 则{}", "{}, but if {}: {}")
    when = condition_in_words(op.when, namer)
    return text.format(namer.operand(op.of), when, namer.listed(ends))


def _required(op: Requirement, name: str, namer: Namer) -> str:
    text = namer.say("{}，须满足 {}", "{}, provided that {}")
    return text.format(namer.operand(op.of), condition_in_words(op.when, namer))


def _previous(op: Previous, name: str, namer: Namer) -> str:
    text = namer.say("{} 期前的“{}”", "“{1}” {0} periods earlier")
    return text.format(op.periods, namer.name(op.line)) + _gap(op.skips, namer)


def _streak(op: Streak, name: str, namer: Namer) -> str:
    grades = namer.listed([namer.word(each) for each in op.grades])
    if op.within:
        told = namer.say("最近 {} 期中 {} 的次数", "times of {1} in the last {0} periods").format(
            op.within, grades
        )
    else:
        told = namer.say("连续 {} 的期数", "periods of {} in a row").format(grades)
    return told + _gap(op.skips, namer)


def _gap(skips: bool, namer: Namer) -> str:
    """What a period without result means for those who look back."""
    if skips:
        return namer.say("(没有结果的考核期不计在内)", " (periods without result are passed over)")
    return namer.say("(没有结果的考核期也算一期)", " (a period without result counts as one)")


_TOLD: Mapping[str, Callable[[Any, str, Namer], str]] = {
    "Measuring": _measuring,
    "Share": _share,
    "Calculation": _calculated,
    "Absolute": lambda op, name, namer: f"|{namer.operand(op.operand)}|",
    "Value": lambda op, name, namer: namer.operand(op.operand),
    "Weighted": _weighted,
    "Tally": _tally,
    "Banding": _banded,
    "Interpolation": _interpolated,
    "LookUp": _looked_up,
    "Judgement": _judged,
    "Replacement": _replaced,
    "Extreme": _extreme,
    "Switch": _switched,
    "If": _conditional,
    "Cap": _limited,
    "Requirement": _required,
    "Previous": _previous,
    "Streak": _streak,
}
