"""One line of a working-out as a person would write it: ``(96 + 95 + 97) ÷ 3 = 96``.

Numbers and signs say most of it; words are few and stand here in both languages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from zhijian.domain.exact import is_terminating, plain, rounded
from zhijian.domain.explain.step import Step, Value
from zhijian.domain.outcomes.typed import limits_of
from zhijian.domain.words import Words
from zhijian.packs.printing.naming import TESTS
from zhijian.packs.printing.typed import limits_in_words

_PLACES = 6
_BLANK = (Words("不为空", "not empty"), Words("为空", "empty"))
_NO_WORDS: Mapping[str, str] = {}
_SIGNS = {"add": " + ", "subtract": " − ", "multiply": " × ", "divide": " ÷ "}
_TESTS = {"at_least": "≥", "above": ">", "at_most": "≤", "below": "<", "exactly": "="}
_STATISTICS = {
    "count": ("共 {n} 条", "{n} records"),
    "sum": ("{n} 条记录合计", "sum of {n} records"),
    "mean": ("{n} 条记录的平均数", "mean of {n} records"),
    "trimmed_mean": ("{n} 条记录去掉两端后的平均数", "trimmed mean of {n} records"),
    "median": ("{n} 条记录的中位数", "median of {n} records"),
    "min": ("{n} 条记录中最小的", "smallest of {n} records"),
    "max": ("{n} 条记录中最大的", "largest of {n} records"),
    "latest": ("最近一条记录", "the latest record"),
    "days_overdue": ("{n} 条记录的逾期天数合计", "days overdue of {n} records"),
}


def step_in_words(step: Step, language: str, words: Mapping[str, str] = _NO_WORDS) -> str:
    """Say how the value of ``step`` came about, in ``zh`` or ``en``; empty for a plain fact.

    ``words`` gives the words that are stored (grades, options) in English.
    """
    english = language.startswith("en")
    spoken = _spoken(step, words) if english and words else step
    told = _told(spoken, english)
    return told + _finish(spoken, english) if told else ""


def _spoken(step: Step, words: Mapping[str, str]) -> Step:
    """The step with its words, and those it rests on, in English."""

    def word(value: Value) -> Value:
        return words.get(value, value) if isinstance(value, str) else value

    def phrase(text: str) -> str:
        first, arrow, second = text.partition(" → ")
        return f"{word(first)}{arrow}{word(second)}"

    return step._replace(
        value=word(step.value),
        because=tuple(each._replace(value=word(each.value)) for each in step.because),
        given=tuple(
            (name, _tests(text, words) if name.startswith("where.") else phrase(text))
            for name, text in step.given
        ),
    )


def _tests(text: str, words: Mapping[str, str]) -> str:
    """The tests of a field with the words they compare with in English."""
    tests = []
    for test in text.split(", "):
        name, _, operands = test.partition(" ")
        told = "、".join(words.get(each, each) for each in operands.split("、"))
        tests.append(f"{name} {told}")
    return ", ".join(tests)


def number(value: object, words: Mapping[str, str] = _NO_WORDS) -> str:
    """Write a value short enough to read: at most six decimals, ``≈`` where that is not all.

    A word is written as ``words`` gives it.
    """
    if not isinstance(value, Fraction):
        return "—" if value is None else words.get(str(value), str(value))
    if is_terminating(value) and len(plain(value).partition(".")[2]) <= _PLACES:
        return plain(value)
    return f"≈{plain(rounded(value, _PLACES))}"


def _told(step: Step, english: bool) -> str:
    if step.op in _STATISTICS and step.evidence is not None:
        return _measured(step, english)
    if step.op in _SIGNS:
        return f"{_SIGNS[step.op].join(_operand(each) for each in _own(step))} = {_raw(step)}"
    tell = _TOLD.get(step.op)
    return tell(step, english) if tell else ""


def _own(step: Step) -> Sequence[Step]:
    """What a calculation rests on, without the limits that were appended to it."""
    limits = {name for name, _value in step.given if name in ("floor", "cap")}
    return (
        step.because[: len(step.because) - len(limits)] if _has_limit_steps(step) else step.because
    )


def _has_limit_steps(step: Step) -> bool:
    return any(name in ("floor", "cap") for name, _value in step.given) and any(
        each.op == "parameter" for each in step.because[-1:]
    )


def _operand(step: Step) -> str:
    text = number(step.value)
    return f"({text})" if text.startswith("-") else text


def _raw(step: Step) -> str:
    """The value before it was held between its ends and rounded."""
    for name in ("before_floor", "before_cap", "before_rounding"):
        before = dict(step.given).get(name)
        if before is not None:
            return number(Fraction(before))
    return number(step.value)


def _finish(step: Step, english: bool) -> str:
    given = dict(step.given)
    told = ""
    if "floor" in given:
        told += f"; not below {given['floor']}" if english else f"；不低于 {given['floor']}"
    if "cap" in given:
        told += f"; not above {given['cap']}" if english else f"；不高于 {given['cap']}"
    if "before_rounding" in given:
        places = given["round"].partition(" ")[0]
        value = number(step.value)
        decimals = "1 decimal" if places == "1" else f"{places} decimals"
        words = f"; {decimals}: {value}" if english else f"；取 {places} 位小数：{value}"
        told += words
    return told


def _measured(step: Step, english: bool) -> str:
    evidence = step.evidence
    if evidence is None:
        return ""
    months = [number(value) for _name, value in evidence.months]
    if months:
        return f"({' + '.join(months)}) ÷ {len(months)} = {_raw(step)}"
    chinese, other = _STATISTICS[step.op]
    told = (other if english else chinese).format(n=evidence.count)
    if evidence.count == 1:
        told = told.replace("records", "record")
    filters = _filters(step, english)
    return f"{told}{filters}"


def _filters(step: Step, english: bool) -> str:
    found = [
        _test(test, "en" if english else "zh")
        for name, value in step.given
        if name.startswith("where.") and value
        for test in value.split(", ")
    ]
    if not found:
        return ""
    return f" ({', '.join(found)})" if english else f"（{'、'.join(found)}）"


def _test(test: str, language: str) -> str:
    """One test of a filter; that a field equals something needs no verb."""
    name, _, operands = test.partition(" ")
    if name == "empty":
        return _BLANK[operands == "true"].to(language)
    listed = operands.replace("、", ", ") if language == "en" else operands
    if name == "equals" or name not in TESTS:
        return listed
    return TESTS[name].to(language).format(listed)


def _weighted(step: Step, english: bool) -> str:
    given = dict(step.given)
    terms = [
        f"{_operand(each)} × {given[f'weight.{each.id}']}"
        for each in step.because
        if f"weight.{each.id}" in given
    ]
    total = given.get("divided_by", "1")
    sum_ = " + ".join(terms)
    return f"({sum_}) ÷ {total} = {_raw(step)}" if total != "1" else f"{sum_} = {_raw(step)}"


def _tally(step: Step, english: bool) -> str:
    sign = " − " if step.op == "deduct" else " + "
    products = {
        name.removeprefix("points."): value
        for name, value in step.given
        if name.startswith("points.")
    }
    start, *rest = step.because
    counted = list(products.values())
    also = [_operand(each) for each in rest[2 * len(counted) :] if each.op != "parameter"]
    return f"{sign.join([number(start.value), *counted, *also])} = {_raw(step)}"


def _band(step: Step, english: bool) -> str:
    band = dict(step.given).get("band", "")
    return f"{number(step.because[0].value)} ∈ {band} → {number(step.value)}"


def _interpolated(step: Step, english: bool) -> str:
    points = dict(step.given).get("points", "")
    between = "on the line" if english else "按折线"
    return f"{number(step.because[0].value)} {between} {points} → {_raw(step)}"


def _looked_up(step: Step, english: bool) -> str:
    keys = " × ".join(number(each.value) for each in step.because if each.op != "parameter")
    return f"{keys} → {number(step.value)}"


def _judged(step: Step, english: bool) -> str:
    given = dict(step.given)
    passed = given.get("verdict") == "pass"
    words = ("passed" if passed else "failed") if english else ("达到" if passed else "未达到")
    sign = _TESTS.get(given.get("test", ""), "")
    limit = number(step.because[1].value)
    return f"{number(step.because[0].value)} {sign} {limit}: {words} → {number(step.value)}"


def _replaced(step: Step, english: bool) -> str:
    given = dict(step.given)
    own, limit = (number(each.value) for each in step.because[:2])
    sign = _TESTS.get(given.get("test", ""), "")
    if given.get("replaced") == "yes":
        return f"{own} {sign} {limit} → {number(step.value)}"
    return f"{own}, not {sign} {limit}" if english else f"{own}，未 {sign} {limit}，不变"


def _chosen(step: Step, english: bool) -> str:
    listed = ", ".join(_operand(each) for each in step.because)
    word = {"highest": "max", "lowest": "min"}[step.op]
    return f"{word}({listed}) = {_raw(step)}"


def _switched(step: Step, english: bool) -> str:
    case = dict(step.given).get("case", "")
    return f"case “{case}”: {_raw(step)}" if english else f"按“{case}”：{_raw(step)}"


def _conditional(step: Step, english: bool) -> str:
    holds = dict(step.given).get("condition") == "holds"
    words = ("condition holds", "条件成立") if holds else ("condition fails", "条件不成立")
    return f"{words[0] if english else words[1]}: {_raw(step)}"


def _absolute(step: Step, english: bool) -> str:
    return f"|{number(step.because[0].value)}| = {_raw(step)}"


def _value(step: Step, english: bool) -> str:
    return f"{number(step.because[0].value)}"


def _share(step: Step, english: bool) -> str:
    given = dict(step.given)
    times = " × 100" if step.op == "percent" else ""
    return f"{given.get('part')} ÷ {given.get('whole')}{times} = {_raw(step)}"


def _previous(step: Step, english: bool) -> str:
    period = dict(step.given).get("period", "")
    return f"{period}: {number(step.value)}"


def _streak(step: Step, english: bool) -> str:
    """The grades that were looked at, the latest first, and how many of them count."""
    earlier = [
        f"{name.removeprefix('grade.')} {value}"
        for name, value in step.given
        if name.startswith("grade.")
    ]
    seen = [*(number(each.value) for each in step.because[:1] if each.id == "grade"), *earlier]
    return f"{', '.join(seen) or '—'} → {number(step.value)}"


def _graded(step: Step, english: bool) -> str:
    told = f"{number(step.because[0].value)} → {dict(step.given).get('band', '')}"
    vetoes = [value for name, value in step.given if name.startswith("veto.")]
    return ("; " if english else "；").join([told, *vetoes])


def _money(step: Step, english: bool) -> str:
    limits = limits_of(step)
    if limits is not None:
        return limits_in_words(limits, "en" if english else "zh")
    return f"{number(step.because[0].value)} → {number(step.value)}"


_TOLD: dict[str, Callable[[Step, bool], str]] = {
    "weighted_mean": _weighted,
    "weighted_sum": _weighted,
    "deduct": _tally,
    "bonus": _tally,
    "band": _band,
    "interpolate": _interpolated,
    "lookup": _looked_up,
    "judge": _judged,
    "replace": _replaced,
    "highest": _chosen,
    "lowest": _chosen,
    "switch": _switched,
    "if": _conditional,
    "limit": _conditional,
    "require": _conditional,
    "absolute": _absolute,
    "value": _value,
    "percent": _share,
    "share": _share,
    "previous": _previous,
    "streak": _streak,
    "times": _streak,
    "grade": _graded,
    "penalty": _money,
    "reward": _money,
}
