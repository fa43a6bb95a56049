"""Steps that turn one number into another: bands, lines, tables, replacement, judgement."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Step, shown
from zhijian.domain.policy.comparison import ORDER
from zhijian.domain.policy.raw import Fields, Raw, as_text, refuse
from zhijian.domain.policy.values import (
    Bands,
    ParameterValue,
    Points,
    Table,
    dimensions_of,
    read_bands,
    read_table,
)
from zhijian.domain.scoring.context import Context
from zhijian.domain.scoring.op import (
    Found,
    Plain,
    Reader,
    lacking,
    number_found,
    wrong_kind,
)
from zhijian.domain.scoring.operand import Operand, Scope

TESTS = (*ORDER, "exactly")


def passes(word: str, number: Fraction, limit: Fraction) -> bool:
    """Compare with a limit that is itself a line, a parameter or a number."""
    return {
        "at_least": number >= limit,
        "above": number > limit,
        "at_most": number <= limit,
        "below": number < limit,
        "exactly": number == limit,
    }[word]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from: written here, or a parameter."""

    inline: ParameterValue | None = None
    parameter: str = ""

    def find(self, context: Context) -> tuple[ParameterValue | None, tuple[Step, ...]]:
        """The table and, for a parameter, its leaf in the working-out."""
        if not self.parameter:
            return self.inline, ()
        step, value = context.parameter(self.parameter)
        return value, (step,)


@dataclass(frozen=True, slots=True)
class Banding(Plain):
    """``band``: the points or the word of the band that holds the number."""

    of: Operand
    source: Source

    def work(self, context: Context) -> Found:
        """Find the band; a number outside all bands is not assessed, and says so."""
        table, leaf = self.source.find(context)
        because = (context.resolve(self.of), *leaf)
        missing = lacking(because)
        if missing or not isinstance(table, Bands):
            return missing or wrong_kind(because)
        band = table.find(because[0].number)
        if band is None:
            return Found(None, because, status="not_assessed", reason="outside_bands")
        return Found(band.gives, because, (("band", str(band.interval)),))


@dataclass(frozen=True, slots=True)
class Interpolation(Plain):
    """``interpolate``: straight between given points, whose first numbers rise.

    Outside the points the line is level, unless ``below`` (short of the first point) or ``above``
    (the last point and beyond) give another value. ``falls`` is for measures where less is
    better: the points then fall from the threshold to the benchmark. The direction is stated,
    never guessed, so that a baseline on the wrong side of a benchmark gives no points.
    """

    of: Operand
    source: Source
    points: tuple[tuple[Operand, Operand], ...]
    below: Operand | None
    above: Operand | None
    falls: bool = False

    def work(self, context: Context) -> Found:
        """Read the height at the number."""
        table, leaf = self.source.find(context)
        corners = [(context.resolve(x), context.resolve(y)) for x, y in self.points]
        outside = tuple(context.resolve(each) for each in (self.below, self.above) if each)
        own = context.resolve(self.of)
        because = (own, *leaf, *(step for pair in corners for step in pair), *outside)
        missing = lacking(because)
        if missing:
            return missing
        if corners:
            table = Points(tuple((x.number, y.number) for x, y in corners))
        if not isinstance(table, Points):
            return Found(None, because, status="not_assessed", reason="no_points")
        sign = -1 if self.falls else 1
        if any(
            sign * left >= sign * right for left, right in pairwise(x for x, _ in table.corners)
        ):
            told = _corners(table)
            return Found(None, because, told, status="not_assessed", reason="points_not_in_order")
        rising = Points(tuple((sign * x, y) for x, y in table.corners))
        return number_found(
            self._height(context, rising, sign * own.number), because, _corners(table)
        )

    def _height(self, context: Context, points: Points, number: Fraction) -> Fraction:
        if self.below and number < points.corners[0][0]:
            return context.resolve(self.below).number
        if self.above and number >= points.corners[-1][0]:
            return context.resolve(self.above).number
        return points.at(number)


def _corners(points: Points) -> tuple[tuple[str, str], ...]:
    return (("points", "; ".join(f"({plain(x)}, {plain(y)})" for x, y in points.corners)),)


@dataclass(frozen=True, slots=True)
class LookUp(Plain):
    """``lookup``: a table by one word or by two."""

    source: Source
    row: Operand
    column: Operand | None

    def work(self, context: Context) -> Found:
        """Find the cell; a word that the table does not know is not assessed, and says so."""
        table, leaf = self.source.find(context)
        keys = tuple(context.resolve(each) for each in (self.row, self.column) if each)
        because = (*keys, *leaf)
        missing = lacking(because)
        if missing or not isinstance(table, Table):
            return missing or wrong_kind(because)
        cell = table.find(*(shown(step.value) for step in keys))
        if cell is None:
            return Found(None, because, status="not_assessed", reason="not_in_table")
        return Found(cell, because)


@dataclass(frozen=True, slots=True)
class Judgement(Plain):
    """``judge``: one value when the number passes the test, another when it does not."""

    of: Operand
    word: str
    limit: Operand
    passed: Operand
    failed: Operand

    def work(self, context: Context) -> Found:
        """Judge."""
        steps = tuple(context.resolve(each) for each in (self.of, self.limit))
        missing = lacking(steps)
        if missing:
            return missing
        passed = passes(self.word, steps[0].number, steps[1].number)
        answer = context.resolve(self.passed if passed else self.failed)
        because = (*steps, answer)
        verdict = (("test", self.word), ("verdict", "pass" if passed else "fail"))
        return lacking(because) or Found(answer.value, because, verdict)


@dataclass(frozen=True, slots=True)
class Replacement(Plain):
    """``replace``: the number itself, or another value once it passes the test."""

    of: Operand
    word: str
    limit: Operand
    with_: Operand

    def work(self, context: Context) -> Found:
        """Replace where the test is passed."""
        because = tuple(context.resolve(each) for each in (self.of, self.limit, self.with_))
        missing = lacking(because)
        if missing:
            return missing
        replaced = passes(self.word, because[0].number, because[1].number)
        value = because[2].value if replaced else because[0].value
        return Found(
            value, because, (("test", self.word), ("replaced", "yes" if replaced else "no"))
        )


def read_source(scope: Scope, raw: Raw, kind: str) -> Source:
    """Read ``parameter.id``, or a table of ``kind`` written in place."""
    if isinstance(raw.value, str):
        name = as_text(raw).removeprefix("parameter.")
        scope.known_parameter(raw, name, kind)
        return Source(parameter=name)
    return Source(read_bands(scope.reading, raw) if kind == "bands" else read_table(raw))


def read_band(scope: Scope, raw: Raw, name: str, line: Fields) -> Banding:
    """Read ``band: {of: gap, by: parameter.gap_bands}`` or with ``by`` a list of bands."""
    fields = scope.reading.fields(raw)
    banding = Banding(
        scope.operand(fields.need("of")), read_source(scope, fields.need("by"), "bands")
    )
    fields.close()
    return banding


def read_interpolate(scope: Scope, raw: Raw, name: str, line: Fields) -> Interpolation:
    """Read ``interpolate: {of: x, points: [[threshold, "0"], [benchmark, "10"]]}``.

    The points may be numbers, lines and parameters, or all of them one parameter.
    """
    fields = scope.reading.fields(raw)
    of, points = scope.operand(fields.need("of")), fields.need("points")
    below, above = fields.maybe("below"), fields.maybe("above")
    corners: tuple[tuple[Operand, Operand], ...] = ()
    source = Source()
    if isinstance(points.value, str):
        source = read_source(scope, points, "points")
    else:
        pairs = [scope.operands(each) for each in fields.items("points")]
        if len(pairs) < 2 or any(len(pair) != 2 for pair in pairs):
            raise refuse(points, "policy.too_few_points", found=len(pairs))
        corners = tuple((pair[0], pair[1]) for pair in pairs)
    falls = fields.flag("falls")
    fields.close()
    _check_corners(points, corners, falls)
    return Interpolation(
        of,
        source,
        corners,
        scope.operand(below) if below else None,
        scope.operand(above) if above else None,
        falls,
    )


def _check_corners(raw: Raw, corners: tuple[tuple[Operand, Operand], ...], falls: bool) -> None:
    """Refuse fixed points that do not run the way the step says."""
    fixed = [x.constant for x, _ in corners]
    for left, right in pairwise(fixed):
        if left is not None and right is not None and (left <= right if falls else left >= right):
            raise refuse(raw, "policy.points_not_rising")


def read_lookup(scope: Scope, raw: Raw, name: str, line: Fields) -> LookUp:
    """Read ``lookup: {table: parameter.fines, row: rank, column: severity}``."""
    fields = scope.reading.fields(raw)
    column = fields.maybe("column")
    look_up = LookUp(
        read_source(scope, fields.need("table"), "table"),
        scope.operand(fields.need("row")),
        scope.operand(column) if column else None,
    )
    fields.close()
    wanted = 1 if look_up.column is None else 2
    for value in _tables(scope, look_up.source):
        if dimensions_of(value) != wanted:
            raise refuse(raw, "scoring.table_by_words", wanted=dimensions_of(value))
    return look_up


def _tables(scope: Scope, source: Source) -> tuple[Table, ...]:
    """The table written here, or all that a parameter has ever held."""
    held = scope.parameters[source.parameter].values() if source.parameter else (source.inline,)
    return tuple(value for value in held if isinstance(value, Table))


def _test(scope: Scope, fields: Fields) -> tuple[str, Operand]:
    words = [word for word in TESTS if word in fields]
    if len(words) != 1:
        raise refuse(fields.raw, "scoring.one_test", known=", ".join(TESTS))
    return words[0], scope.operand(fields.need(words[0]))


def read_judge(scope: Scope, raw: Raw, name: str, line: Fields) -> Judgement:
    """Read ``judge: {of: rate, at_least: "80", pass: "100", fail: "0"}``."""
    fields = scope.reading.fields(raw)
    of = scope.operand(fields.need("of"))
    word, limit = _test(scope, fields)
    passed, failed = (scope.operand(fields.need(key)) for key in ("pass", "fail"))
    fields.close()
    return Judgement(of, word, limit, passed, failed)


def read_replace(scope: Scope, raw: Raw, name: str, line: Fields) -> Replacement:
    """Read ``replace: {of: mean, at_least: "95", with: "100"}``."""
    fields = scope.reading.fields(raw)
    of = scope.operand(fields.need("of"))
    word, limit = _test(scope, fields)
    replacement = Replacement(of, word, limit, scope.operand(fields.need("with")))
    fields.close()
    return replacement


READERS: dict[str, Reader] = {
    "band": read_band,
    "interpolate": read_interpolate,
    "lookup": read_lookup,
    "judge": read_judge,
    "replace": read_replace,
}
