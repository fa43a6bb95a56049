"""A named line of a scheme: one step of the vocabulary, its title and its article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from zhijian.domain.exact import ROUNDING_MODES, RoundingMode, plain, rounded
from zhijian.domain.explain.step import Step, Value, WrongKind
from zhijian.domain.policy.raw import PLACES, Fields, Raw, refuse
from zhijian.domain.scoring import arithmetic, choice, conversion, measuring, past
from zhijian.domain.scoring.context import Context, worst
from zhijian.domain.scoring.direction import HIGHER, Better, read_better
from zhijian.domain.scoring.op import Found, Op, Reader
from zhijian.domain.scoring.operand import Operand, Scope, check_ends
from zhijian.domain.scoring.repeating import MOST_LINES, unfold
from zhijian.domain.words import NOTHING, Words

VOCABULARY: dict[str, Reader] = {
    **measuring.READERS,
    **arithmetic.READERS,
    **conversion.READERS,
    **choice.READERS,
    **past.READERS,
}


_NUMBERS = frozenset(
    {
        "count", "sum", "mean", "trimmed_mean", "median", "min", "max", "days_overdue", "percent",
        "share", "add", "subtract", "multiply", "divide", "absolute", "weighted_mean",
        "weighted_sum", "deduct", "bonus", "interpolate", "highest", "lowest", "streak", "times",
    }
)  # fmt: skip
"""The steps that never come to a word."""


_UNCONFIRMED = attrgetter("unconfirmed")


@dataclass(frozen=True, slots=True)
class Rounding:
    """To how many decimals, and where a tie goes."""

    places: int
    mode: RoundingMode = "half_up"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. What the op comes to is first held between ``floor`` and ``cap``, then rounded."""

    id: str
    title: Words
    name: str
    op: Op
    cites: str = ""
    note: Words = NOTHING
    floor: Operand | None = None
    cap: Operand | None = None
    rounding: Rounding | None = None
    better: Better | None = None

    def work(self, context: Context) -> Step:
        """Work the line out, or take the value that is given for it."""
        if self.id in context.kept:
            return context.kept[self.id]
        if self.id in context.fixed:
            value = context.fixed[self.id]
            return Step(self.id, "given", value, self.title, self.cites)
        found = self._found(context)
        value, given, because = found.value, found.given, found.because
        status, reason = found.status, found.reason
        if self.floor or self.cap or self.rounding:
            limits = tuple(context.resolve(each) for each in (self.floor, self.cap) if each)
            if isinstance(value, Fraction):
                if worst(limits) != "assessed":
                    value, status, reason = None, worst(limits), "input_missing"
                else:
                    value, given = self._finished(context, value, given)
            because += tuple(step for step in limits if step.op != "constant")
        return Step(
            id=self.id,
            op=self.name,
            value=value,
            title=self.title,
            cites=self.cites,
            because=because,
            given=given,
            evidence=found.evidence,
            status=status,
            reason=reason,
            unconfirmed=any(map(_UNCONFIRMED, because)),
        )

    def _found(self, context: Context) -> Found:
        """What the op comes to; a word where it needs a number holds the unit up, and says so."""
        try:
            return self.op.work(context)
        except WrongKind as error:
            return Found(None, (), (("found", str(error)),), None, "blocked", "wrong_kind")

    def _finished(
        self, context: Context, value: Fraction, given: tuple[tuple[str, str], ...]
    ) -> tuple[Value, tuple[tuple[str, str], ...]]:
        """Hold the number between its ends and round it; say so where that changed it."""
        told = list(given)
        for name, operand in (("floor", self.floor), ("cap", self.cap)):
            if operand is None:
                continue
            limit = context.resolve(operand).number
            if (name == "floor" and value < limit) or (name == "cap" and value > limit):
                told += [(f"before_{name}", plain(value)), (name, plain(limit))]
                value = limit
        if self.rounding is not None:
            after = rounded(value, self.rounding.places, self.rounding.mode)
            if after != value:
                told.append(("before_rounding", plain(value)))
            told.append(("round", f"{self.rounding.places} {self.rounding.mode}"))
            value = after
        return value, tuple(told)


def read_line(scope: Scope, raw: Raw) -> Line:
    """Read one line: exactly one step of the vocabulary beside the common keys."""
    fields = scope.reading.fields(raw)
    names = [key for key in VOCABULARY if key in fields]
    line_id = fields.name()
    if len(names) != 1:
        known = ", ".join(sorted(VOCABULARY))
        raise refuse(
            raw, "scoring.one_step", line=line_id, found=", ".join(names) or "—", known=known
        )
    if line_id in scope.lines or "." in line_id or line_id == "grade":
        raise refuse(raw, "scoring.line_taken", line=line_id)
    name = names[0]
    floor, cap = fields.maybe("floor"), fields.maybe("cap")
    line = Line(
        id=line_id,
        title=fields.title(),
        name=name,
        op=VOCABULARY[name](scope, fields.need(name), name, fields),
        cites=scope.cites(fields.maybe("cites")),
        note=fields.words("note", NOTHING),
        floor=scope.operand(floor) if floor else None,
        cap=scope.operand(cap) if cap else None,
        rounding=read_rounding(fields),
        better=read_better(fields, HIGHER) if "better" in fields else None,
    )
    fields.close()
    check_ends(raw, line.floor, line.cap)
    return line


def read_rounding(fields: Fields) -> Rounding | None:
    """Read ``round: {places: 2, mode: half_up}``."""
    raw = fields.maybe("round")
    if raw is None:
        return None
    own = fields.reading.fields(raw)
    mode = own.word("mode", ROUNDING_MODES, "half_up")
    rounding = Rounding(own.whole("places", least=0, most=PLACES), mode)  # type: ignore[arg-type]  # checked by ``word``
    own.close()
    return rounding


def read_lines(scope: Scope, items: tuple[Raw, ...]) -> tuple[Line, ...]:
    """Read lines from top to bottom; each may name those above it."""
    lines: list[Line] = []
    for number, raw in enumerate(unfold(scope.reading, items)):
        if number >= MOST_LINES:
            raise refuse(raw, "scoring.too_many_lines", found=number + 1, limit=MOST_LINES)
        name = scope.reader = _name_of(raw)
        line = scope.reading.attempt(lambda raw=raw: read_line(scope, raw))  # type: ignore[misc]
        if line is not None:
            lines.append(line)
            scope.numbers |= {line.id} if line.name in _NUMBERS else set()
        # A line that could not be read keeps its name, so that those below are not faulted for it.
        scope.lines += [name] if name else []
        scope.places[name] = raw
    scope.reader = ""
    return tuple(lines)


def _name_of(raw: Raw) -> str:
    named = raw.value.get("id") if isinstance(raw.value, Mapping) else None
    is_word = named is not None and isinstance(named.value, str | int)
    return str(named.value).strip() if named is not None and is_word else ""


def work_lines(lines: tuple[Line, ...], context: Context) -> None:
    """Work out lines from top to bottom into ``context.steps``."""
    for line in lines:
        context.steps[line.id] = line.work(context)
