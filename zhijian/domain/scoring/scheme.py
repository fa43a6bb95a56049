"""A scheme: who is scored, how often, by which lines, and what the score is called."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from zhijian.domain.explain.step import Step
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.raw import Raw, as_text, refuse, refuse_twice
from zhijian.domain.records.measure import Measure
from zhijian.domain.scoring.arithmetic import Weighted
from zhijian.domain.scoring.direction import HIGHER, Better, read_better
from zhijian.domain.scoring.grade import Grading, read_grading
from zhijian.domain.scoring.line import Line, read_lines
from zhijian.domain.scoring.operand import Scope
from zhijian.domain.scoring.past import check_grades
from zhijian.domain.words import Words

PERIODS = ("month", "quarter", "half_year", "year", "custom")


@dataclass(frozen=True, slots=True)
class Scheme:
    """The scoring of one kind of subject."""

    id: str
    title: Words
    cites: str
    subject: Words
    periods: tuple[str, ...]
    lines: tuple[Line, ...]
    score: str
    components: tuple[str, ...]
    grading: Grading | None
    better: Better = HIGHER

    def better_of(self, name: str) -> Better:
        """Whether more or less of a line is better: as it says itself, else as the score."""
        return self.line(name).better or self.better

    @property
    def scale(self) -> tuple[Fraction, Fraction]:
        """The ends between which scores lie: those of the grades, else 0 and 100."""
        return self.grading.range if self.grading else (Fraction(0), Fraction(100))

    def measures(self, law: Law) -> tuple[Measure, ...]:
        """Every measure of the lines, each once."""
        all_ = (measure for line in self.lines for measure in line.op.measures(law))
        return tuple(dict.fromkeys(all_))

    def line(self, name: str) -> Line:
        """One line by its name."""
        return next(line for line in self.lines if line.id == name)

    def weight_of(self, component: str, steps: dict[str, Step]) -> str | None:
        """The weight that the working-out gave a component, as text."""
        for line in self.lines:
            if isinstance(line.op, Weighted) and component in line.op.parts:
                return dict(steps[line.id].given).get(f"weight.{component}")
        return None


def read_scheme(scope: Scope, raw: Raw) -> Scheme:
    """Read one file of ``scoring/``."""
    fields = scope.reading.fields(raw)
    scheme_id, title = fields.name(), fields.title()
    lines = read_lines(scope, fields.items("lines"))
    if not fields.items("lines"):
        raise refuse(raw, "policy.empty_list")
    score = fields.need("score")
    better = read_better(fields, HIGHER)
    grade = fields.maybe("grade")
    components = tuple(scope.known_line(each) for each in fields.items("components"))
    scheme = Scheme(
        id=scheme_id,
        title=title,
        cites=scope.cites(fields.maybe("cites")),
        subject=fields.words("subject"),
        periods=tuple(_period(each) for each in fields.items("periods")),
        lines=lines,
        score=scope.line(score),
        components=components or _weighted_parts(lines) or (as_text(score),),
        grading=read_grading(scope, grade, fields, better) if grade else None,
        better=better,
    )
    fields.close()
    refuse_twice((raw, each) for each in scheme.periods)
    refuse_twice((raw, each) for each in scheme.components)
    check_grades(scope, ((each.id, each.op) for each in lines))
    if not scheme.periods:
        raise refuse(raw, "policy.key_missing", key="periods")
    return scheme


def _period(raw: Raw) -> str:
    word = as_text(raw)
    if word not in PERIODS:
        raise refuse(raw, "policy.unknown_word", found=word, allowed=", ".join(PERIODS))
    return word


def _weighted_parts(lines: tuple[Line, ...]) -> tuple[str, ...]:
    """The parts of the last weighted mean, which is what a matrix shows unless the pack says."""
    for line in reversed(lines):
        if isinstance(line.op, Weighted):
            return line.op.parts
    return ()
