"""From a score to a grade: bands, then vetoes, then one grade lower; and shares of a ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Step, shown
from zhijian.domain.policy.interval import Interval
from zhijian.domain.policy.raw import (
    MOST,
    Fields,
    Raw,
    Reading,
    as_list,
    as_number,
    as_text,
    check_range,
    refuse,
    refuse_twice,
)
from zhijian.domain.policy.values import Bands
from zhijian.domain.scoring.condition import Condition, read_condition
from zhijian.domain.scoring.context import Context, worst
from zhijian.domain.scoring.conversion import Source, read_source
from zhijian.domain.scoring.direction import HIGHER, LOWER, Better, check_direction
from zhijian.domain.scoring.operand import Operand, Scope
from zhijian.domain.words import Titles, Words

_TITLE = Words("等次", "Grade")
_LEAST_SHARE = Fraction(1, MOST)


@dataclass(frozen=True, slots=True)
class Veto:
    """Where the condition holds, the grade is ``at_most`` this one, or ``by`` grades lower."""

    id: str
    title: Words
    cites: str
    when: Condition
    at_most: str = ""
    by: int = 0


@dataclass(frozen=True, slots=True)
class TopShare:
    """The best (or worst) share of a ranking, among those of certain grades, gets another grade."""

    title: Words
    cites: str
    share: Fraction
    gives: str
    among: tuple[str, ...]
    from_bottom: bool


@dataclass(frozen=True, slots=True)
class Grading:
    """Grades best first, the bands of the score, and what may push a grade down.

    ``needs_person`` says that the grade is only proposed and a person must confirm it with a
    reason, as where the regulation describes its grades in words.
    """

    of: Operand
    cites: str
    order: tuple[str, ...]
    bands: Source | None
    titles: Mapping[str, Words]
    vetoes: tuple[Veto, ...] = ()
    ranking: tuple[TopShare, ...] = ()
    needs_person: bool = False
    range: tuple[Fraction, Fraction] = (Fraction(0), Fraction(100))

    def bands_for(self, context: Context) -> tuple[Bands | None, tuple[Step, ...]]:
        """The bands that apply, and the leaf of the working-out when they are a parameter."""
        if self.bands is None:
            return None, ()
        value, leaf = self.bands.find(context)
        return (value if isinstance(value, Bands) else None), leaf

    def better(self, grade: str) -> str | None:
        """The next better grade, or nothing for the best."""
        place = self.order.index(grade)
        return self.order[place - 1] if place else None


def work_grade(grading: Grading, context: Context) -> Step:
    """Return the grade with its working-out; no score, no grade."""
    score = context.resolve(grading.of)
    bands, leaf = grading.bands_for(context)
    vetoes = tuple(step for veto in grading.vetoes for step in veto.when.steps(context))
    because = (score, *leaf, *vetoes)
    none = Step("grade", "grade", None, _TITLE, grading.cites, because)
    open_ = tuple(step for veto in grading.vetoes for step in veto.when.undecided(context))
    decisive = (score, *leaf, *open_)
    if worst(decisive) != "assessed":
        return none._replace(status=worst(decisive), reason="input_missing")
    grade = _banded(grading, bands, score)
    if grade is None:
        return none._replace(status="not_assessed", reason="outside_bands")
    given = [("band", grade)]
    for veto in grading.vetoes:
        if veto.when.holds(context):
            lowered = _lowered(grading, grade, veto)
            given.append((f"veto.{veto.id}", f"{grade} → {lowered}"))
            grade = lowered
    unconfirmed = any(step.unconfirmed for step in because)
    return none._replace(value=grade, given=tuple(given), unconfirmed=unconfirmed)


def _banded(grading: Grading, bands: Bands | None, score: Step) -> str | None:
    if bands is None:
        return shown(score.value) if shown(score.value) in grading.order else None
    band = bands.find(score.number)
    return None if band is None else str(band.gives)


def _lowered(grading: Grading, grade: str, veto: Veto) -> str:
    place = grading.order.index(grade)
    floor = grading.order.index(veto.at_most) if veto.at_most else place
    return grading.order[min(max(place + veto.by, floor), len(grading.order) - 1)]


def ranked_grades(
    grading: Grading, results: Sequence[tuple[str, Fraction, str]], better: Better = HIGHER
) -> dict[str, tuple[str, str]]:
    """Return, for units whose grade a ranking changes, the new grade and why.

    ``results`` are (unit, score, grade); ``better`` says which end of the scores is the top. Units
    with the score of the last place share it.
    """
    changed: dict[str, tuple[str, str]] = {}
    for rule in grading.ranking:
        among = [each for each in results if not rule.among or each[2] in rule.among]
        places = int(rule.share * len(results))
        from_most = rule.from_bottom == (better == LOWER)
        ordered = sorted(among, key=lambda each: each[1], reverse=from_most)
        if not places or not ordered:
            continue
        limit = ordered[min(places, len(ordered)) - 1][1]
        for unit, score, _ in ordered:
            inside = score >= limit if from_most else score <= limit
            if inside:
                changed[unit] = (rule.gives, rule.title.zh)
    return changed


def read_grading(scope: Scope, raw: Raw, scheme: Fields, better: Better = HIGHER) -> Grading:
    """Read the ``grade`` part of a scheme, whose keys and direction are given beside it."""
    fields = scope.reading.fields(raw)
    of = scope.operand(fields.need("of"))
    bands_raw = fields.maybe("bands")
    source = read_source(scope, bands_raw, "bands") if bands_raw else None
    every = _every_value(scope, source)
    order, titles = _read_order(scope, fields, every, better)
    scope.grades = order
    ends = _check_cover(scope.reading, fields, every)
    if of.source == "line" and of.name == scheme.text("score"):
        check_direction(scheme, better, order, every)
    grading = Grading(
        of=of,
        cites=scope.cites(fields.maybe("cites")),
        order=order,
        bands=source,
        titles=titles,
        vetoes=_read_vetoes(scope, fields, order),
        ranking=tuple(_read_share(scope, each, order) for each in fields.items("ranking")),
        needs_person=fields.flag("needs_person"),
        range=ends,
    )
    fields.close()
    _check_given(raw, grading, every)
    return grading


def _check_given(raw: Raw, grading: Grading, every: tuple[Bands, ...]) -> None:
    """Refuse a grade that no band, veto or ranking gives."""
    if not every or any(veto.by for veto in grading.vetoes):
        return
    given = {str(band.gives) for bands in every for band in bands.bands}
    given |= {veto.at_most for veto in grading.vetoes} | {each.gives for each in grading.ranking}
    never = [grade for grade in grading.order if grade not in given]
    if never:
        raise refuse(raw, "scoring.grade_never_given", found="、".join(never))


def _every_value(scope: Scope, source: Source | None) -> tuple[Bands, ...]:
    """The bands as written, or all values that the parameter has ever had."""
    if source is None:
        return ()
    if isinstance(source.inline, Bands):
        return (source.inline,)
    entries = scope.parameters[source.parameter].entries
    held = (
        value
        for entry in entries
        for value in (
            entry.value,
            *dict(entry.for_units).values(),
            *dict(entry.for_groups).values(),
        )
    )
    return tuple(value for value in held if isinstance(value, Bands))


def _read_order(
    scope: Scope, fields: Fields, every: tuple[Bands, ...], better: Better
) -> tuple[tuple[str, ...], Titles]:
    """The grades best first; by default the bands from the better end."""
    titles = fields.options("order")
    step = 1 if better == LOWER else -1
    given = [str(band.gives) for bands in every for band in bands.bands[::step]]
    unordered = [grade for grade in given if titles and grade not in titles]
    if unordered or not (titles or given):
        raise refuse(fields.raw, "scoring.grade_order", found="、".join(unordered) or "—")
    order = tuple(titles) or tuple(dict.fromkeys(given))
    return order, titles or {grade: Words(grade) for grade in order}


def _check_cover(
    reading: Reading, fields: Fields, every: tuple[Bands, ...]
) -> tuple[Fraction, Fraction]:
    """Return the range, whose ends must fall in a band; bands have no gap between them."""
    low, high = Fraction(0), Fraction(100)
    range_raw = fields.maybe("range")
    if range_raw is not None:
        ends = tuple(as_number(each) for each in as_list(range_raw))
        if len(ends) != 2:
            raise refuse(range_raw, "policy.not_a_pair", found=len(ends))
        low, high = ends
        check_range(range_raw, high, low, max(low, high))
    for end in (low, high):
        if any(bands.find(end) is None for bands in every):
            reading.add(fields.raw, "scoring.grade_not_covered", score=plain(end))
    return low, high


def _read_vetoes(scope: Scope, fields: Fields, order: tuple[str, ...]) -> tuple[Veto, ...]:
    items = fields.items("vetoes")
    vetoes = tuple(_read_veto(scope, each, order) for each in items)
    refuse_twice(zip(items, (veto.id for veto in vetoes), strict=True))
    return vetoes


def _read_veto(scope: Scope, raw: Raw, order: tuple[str, ...]) -> Veto:
    fields = scope.reading.fields(raw)
    veto = Veto(
        id=fields.name(),
        title=fields.title(),
        cites=scope.cites(fields.maybe("cites")),
        when=read_condition(scope, fields.need("when")),
        at_most=_known(fields, "at_most", order) if "at_most" in fields else "",
        by=fields.whole("lower_by", 0, least=0, most=len(order)),
    )
    fields.close()
    if not veto.at_most and not veto.by:
        raise refuse(raw, "policy.key_missing", key="at_most")
    if veto.at_most == order[0] and not veto.by:
        raise refuse(raw, "scoring.veto_without_effect", grade=veto.at_most)
    return veto


def _read_share(scope: Scope, raw: Raw, order: tuple[str, ...]) -> TopShare:
    fields = scope.reading.fields(raw)
    share = TopShare(
        title=fields.title(),
        cites=scope.cites(fields.maybe("cites")),
        share=_share(fields),
        gives=_known(fields, "is", order),
        among=tuple(_grade(each, order) for each in fields.items("among")),
        from_bottom=fields.flag("from_bottom"),
    )
    fields.close()
    return share


def _share(fields: Fields) -> Fraction:
    share = fields.number("share")
    check_range(fields.need("share"), share, _LEAST_SHARE, Fraction(1))
    return share


def _known(fields: Fields, key: str, order: tuple[str, ...]) -> str:
    return _grade(fields.need(key), order)


def _grade(raw: Raw, order: tuple[str, ...]) -> str:
    grade = as_text(raw)
    if grade not in order:
        raise refuse(raw, "scoring.unknown_grade", found=grade, known="、".join(order))
    return grade


def intervals_of(bands: Bands, grade: str) -> tuple[Interval, ...]:
    """The bands of the score that give ``grade``."""
    return tuple(band.interval for band in bands.bands if band.gives == grade)
