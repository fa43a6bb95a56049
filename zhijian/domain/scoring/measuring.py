"""Steps that measure records: counts, sums, means and their relatives, and shares."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from zhijian.domain.exact import plain, sum_of
from zhijian.domain.explain.step import Status, Step
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import InForce
from zhijian.domain.policy.raw import Fields, Raw, as_text, refuse
from zhijian.domain.policy.values import (
    Bands,
    ParameterValue,
    Points,
    Table,
)
from zhijian.domain.records.kind import ABSENCE_WORDS, RecordKind
from zhijian.domain.records.measure import STATISTICS, Measure, Measured
from zhijian.domain.records.record import word_of
from zhijian.domain.scoring.binding import bound, named_in
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.each import Target, read_each
from zhijian.domain.scoring.filtering import read_where
from zhijian.domain.scoring.op import Found, Plain, Reader, lacking
from zhijian.domain.scoring.operand import Scope

ADDED = ("count", "sum", "days_overdue")
_HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Absent:
    """What it means that there is nothing to measure: a status, or a number to go on with."""

    status: Status = "not_assessed"
    use: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Measuring:
    """``sum``, ``mean``, ``latest`` …: one statistic over the unit's records of the period.

    ``every_month`` demands a value for each month; ``minimum`` is the least number of records.
    ``key_line`` names the earlier line whose value a keyed measure looks for; ``conversion`` the
    parameter that holds the table by which every single record is converted.
    """

    measure: Measure
    minimum: int = 1
    every_month: bool = False
    none: Absent = Absent()
    key_line: str = ""
    conversion: str = ""

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """The one measure; none while a parameter of its filter is not in force."""
        found = law.find(self.conversion) if self.conversion else None
        own = bound(self._under(found.value if isinstance(found, InForce) else None), law)
        return () if own is None else (own,)

    def _under(self, table: ParameterValue | None) -> Measure:
        """The measure with its conversion table filled in."""
        each = self.measure.each
        if each is None or table is None:
            return self.measure
        if isinstance(table, Bands):
            return replace(self.measure, each=replace(each, bands=table))
        if isinstance(table, Points):
            return replace(self.measure, each=replace(each, points=table))
        if isinstance(table, Table):
            return replace(self.measure, each=replace(each, table=table))
        raise TypeError(f"{self.conversion} holds no table")

    def work(self, context: Context) -> Found:
        """Measure, and say what is missing."""
        because: tuple[Step, ...] = ()
        measure, key = self.measure, ""
        if self.key_line:
            because = (context.steps[self.key_line],)
            key = word_of(because[0].value)
        if self.conversion:
            step, table = context.parameter(self.conversion)
            because = (*because, step)
            measure = self._under(table)
        because = (*because, *parameters_of(context, measure))
        measure = bound(measure, context.law) or measure
        return lacking(because) or self._measured(context, measure, key, because)

    def _measured(
        self, context: Context, measure: Measure, key: str, because: tuple[Step, ...]
    ) -> Found:
        measured = context.facts.measure(context.unit.id, measure, key)
        evidence, given = measured.evidence, _circumstances(measure, key)
        gaps = self._gaps(context, measured)
        if gaps:
            missing = (*given, ("missing_months", " ".join(gaps)))
            return self._nothing(Found(None, because, missing, evidence, reason="months_missing"))
        value = _over_all_months(context, measure, measured)
        if value is None:
            value = _zero_or_nothing(context, measure)
        if value is None:
            reason = _why_nothing(context, measure, measured)
            return self._nothing(Found(None, because, given, evidence, reason=reason))
        if self.minimum > 1 and evidence.count < self.minimum:
            few = (*given, ("minimum", str(self.minimum)), ("found", str(evidence.count)))
            return self._nothing(Found(None, because, few, evidence, reason="too_few"))
        return Found(value, because, given, evidence)

    def _gaps(self, context: Context, measured: Measured) -> tuple[str, ...]:
        if not self.every_month:
            return ()
        held = {month for month, _ in measured.evidence.months}
        return tuple(month for month in context.months if month not in held)

    def _nothing(self, found: Found) -> Found:
        if self.none.use is None:
            return found._replace(status=self.none.status)
        given = (*found.given, ("assumed", plain(self.none.use)), ("because", found.reason))
        return found._replace(value=self.none.use, given=given, reason="")


def parameters_of(context: Context, measure: Measure) -> tuple[Step, ...]:
    """The parameters that the filter names, as leaves of the working-out."""
    return tuple(context.parameter(name)[0] for name in named_in(measure))


def _over_all_months(
    context: Context, measure: Measure, measured: Measured
) -> Fraction | str | None:
    """What was measured; where things are counted month by month, an empty month counts as zero."""
    adds = measure.per_month and measure.statistic in ADDED and context.months
    if not adds or not isinstance(measured.value, Fraction):
        return measured.value
    return sum_of(value for _, value in measured.evidence.months) / len(context.months)


def _why_nothing(context: Context, measure: Measure, measured: Measured) -> str:
    """Too few to drop some at each end, nobody confirmed that there were none, or simply none."""
    if measured.evidence.count:
        return "too_few"
    confirmed_elsewhere = context.absence.get(measure.kind, "missing") not in ABSENCE_WORDS
    return "absence_unconfirmed" if confirmed_elsewhere else "no_records"


def _zero_or_nothing(context: Context, measure: Measure) -> Fraction | None:
    """Nothing counted is zero only where something says that nothing happened.

    Either there are records and none of them counts, or the kind's absence means that none
    happened, or a record of another kind confirms it. No data is never full marks in silence.
    """
    if measure.statistic not in ADDED:
        return None
    absence = context.absence.get(measure.kind, "missing")
    confirming = measure.kind if absence in ABSENCE_WORDS else absence
    if absence == "none_happened":
        return Fraction(0)
    has_records = context.facts.present(context.unit.id, measure.kind) > 0
    confirmed = has_records or context.facts.present(context.unit.id, confirming) > 0
    return Fraction(0) if confirmed else None


@lru_cache(maxsize=4096)
def _circumstances(measure: Measure, key: str) -> tuple[tuple[str, str], ...]:
    given: list[tuple[str, str]] = []
    for test in measure.where:
        told = (
            f"{each.word} {'、'.join(word_of(operand) for operand in each.operands)}"
            for each in test.comparisons
        )
        given.append((f"where.{test.field}", ", ".join(told)))
    if measure.keyed_by:
        given.append((f"where.{measure.keyed_by}", f"equals {key}"))
    if measure.per_month:
        given.append(("per", "month"))
    if measure.drop:
        given.append(("drop", str(measure.drop)))
    return tuple(given)


@dataclass(frozen=True, slots=True)
class Share(Plain):
    """``percent``: of the records counted by ``among``, how many pass ``where`` too; times 100."""

    part: Measure
    whole: Measure
    times: Fraction
    minimum: int = 1
    none: Absent = Absent()

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """The counts above and below the line."""
        own = (bound(self.part, law), bound(self.whole, law))
        return tuple(each for each in own if each is not None)

    def work(self, context: Context) -> Found:
        """Divide; nothing to divide by is nothing measured, never a full mark."""
        because = parameters_of(context, self.part)
        return lacking(because) or self._divided(context, because)

    def _divided(self, context: Context, because: tuple[Step, ...]) -> Found:
        unit, law = context.unit.id, context.law
        whole = context.facts.measure(unit, bound(self.whole, law) or self.whole)
        part = context.facts.measure(unit, bound(self.part, law) or self.part)
        given = (("part", str(part.evidence.count)), ("whole", str(whole.evidence.count)))
        if whole.evidence.count < max(self.minimum, 1):
            if self.none.use is None:
                return Found(None, because, given, whole.evidence, self.none.status, "no_records")
            assumed = (*given, ("assumed", plain(self.none.use)), ("because", "no_records"))
            return Found(self.none.use, because, assumed, whole.evidence)
        value = Fraction(part.evidence.count, whole.evidence.count) * self.times
        return Found(value, because, given, whole.evidence)


def read_measuring(scope: Scope, raw: Raw, statistic: str, line: Fields) -> Measuring:
    """Read ``mean: {of: questionnaire.score, where: {…}}`` or, shorter, ``count: complaint``."""
    if not isinstance(raw.value, str):
        return _read_full(scope, raw, statistic, line)
    if statistic == "days_overdue":
        raise refuse(raw, "policy.key_missing", key="due")
    kind, field = _target(scope, raw, raw.value, statistic)
    if statistic == "sum" and not field:
        raise refuse(raw, "scoring.field_needed", found=raw.value, statistic=statistic)
    minimum, none = line.whole("minimum", 1, least=1), read_none(scope, line)
    return Measuring(Measure(statistic, kind.id, field), minimum=minimum, none=none)


def _read_full(scope: Scope, raw: Raw, statistic: str, line: Fields) -> Measuring:
    fields = scope.reading.fields(raw)
    of = fields.need("of")
    kind, field = _target(scope, of, as_text(of), statistic)
    where, keyed_by, key_line = read_where(scope, kind, fields.maybe("where"))
    each, conversion = read_each(scope, Target(kind, field, statistic), fields.maybe("each"))
    if statistic == "sum" and not (field or (each and each.row)):
        raise refuse(of, "scoring.field_needed", found=as_text(of), statistic=statistic)
    # The latest record of all is that of the last month; there is nothing to take month by month.
    per_month = statistic != "latest" and fields.word("per", ("month",), "") == "month"
    measure = Measure(
        statistic=statistic,
        kind=kind.id,
        field=field,
        where=where,
        each=each,
        per_month=per_month,
        drop=fields.whole("drop", least=1) if statistic == "trimmed_mean" else 0,
        due=_date_field(scope, kind, fields, "due", statistic),
        done=_date_field(scope, kind, fields, "done", statistic),
        keyed_by=keyed_by,
    )
    if measure.due and measure.due == measure.done:
        # Then nothing would ever be overdue.
        raise refuse(raw, "policy.id_twice", id=measure.due)
    every = statistic != "latest" and fields.word("every", ("month",), "") == "month"
    fields.close()
    if every and not per_month:
        raise refuse(raw, "scoring.every_needs_per")
    none = read_none(scope, line)
    minimum = line.whole("minimum", 1, least=1)
    return Measuring(measure, minimum, every, none, key_line, conversion)


def _target(scope: Scope, raw: Raw, text: str, statistic: str) -> tuple[RecordKind, str]:
    name, _, field = text.partition(".")
    kind = scope.kind(raw, name)
    if field:
        scope.field_name(raw, kind, field)
    elif statistic not in ("count", "days_overdue", "sum"):
        raise refuse(raw, "scoring.field_needed", found=text, statistic=statistic)
    ordered = statistic not in ("count", "latest", "days_overdue")
    if field and ordered and not kind.has_number(field):
        raise refuse(raw, "scoring.field_not_a_number", name=field, kind=kind.id)
    return kind, field


def _date_field(scope: Scope, kind: RecordKind, fields: Fields, key: str, statistic: str) -> str:
    if statistic != "days_overdue":
        return ""
    raw = fields.need(key)
    name = scope.field_name(raw, kind, as_text(raw))
    field = kind.field(name)
    if name != "on" and (field is None or field.type != "date"):
        raise refuse(raw, "scoring.field_not_a_date", name=name, kind=kind.id)
    return name


def read_percent(scope: Scope, raw: Raw, statistic: str, line: Fields) -> Share:
    """Read ``percent: {of: complaint, where: {…}, among: {…}}`` (``share`` does not multiply)."""
    fields = scope.reading.fields(raw)
    of = fields.need("of")
    kind, _ = _target(scope, of, as_text(of), "count")
    where, keyed, _ = read_where(scope, kind, fields.need("where"))
    among, keyed_too, _ = read_where(scope, kind, fields.maybe("among"))
    fields.close()
    if keyed or keyed_too:
        raise refuse(raw, "scoring.two_keys")
    return Share(
        part=Measure("count", kind.id, where=(*among, *where)),
        whole=Measure("count", kind.id, where=among),
        times=_HUNDRED if statistic == "percent" else Fraction(1),
        minimum=line.whole("minimum", 1, least=1),
        none=read_none(scope, line),
    )


def read_none(scope: Scope, line: Fields) -> Absent:
    """Read what a line does when there is nothing to measure."""
    raw = line.maybe("none")
    if raw is None:
        return Absent()
    if isinstance(raw.value, str):
        word = line.word("none", ("not_assessed", "block"))
        return Absent("blocked" if word == "block" else "not_assessed")
    fields = scope.reading.fields(raw)
    use = fields.number("use")
    fields.text("because")
    fields.close()
    return Absent(use=use)


READERS: dict[str, Reader] = {
    **{statistic: read_measuring for statistic in STATISTICS},
    "percent": read_percent,
    "share": read_percent,
}
