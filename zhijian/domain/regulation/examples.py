"""Golden examples: the contract with the people who know the rule; a red one keeps a pack off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.domain.exact import plain
from zhijian.domain.explain.step import shown
from zhijian.domain.outcomes.budget import Balance, spend
from zhijian.domain.outcomes.personal import Decided, Proposed, objections
from zhijian.domain.policy.raw import (
    Fields,
    Raw,
    Reading,
    as_list,
    as_number,
    as_text,
    as_words,
    entries,
    number_of,
    refuse,
)
from zhijian.domain.problems import Problem
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.assess import Assessor, Result
from zhijian.domain.regulation.example_cases import ask_case
from zhijian.domain.regulation.example_deadlines import ask_clock, ask_due
from zhijian.domain.regulation.given import Given, check_lines, read_given, read_period
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.context import Context
from zhijian.domain.words import Words

ASKS = ("assess", "records", "budget", "personal", "due", "clock", "case")
Answers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One example: what is asked, what is given, what is expected."""

    name: Words
    ask: str
    given: Raw
    expect: Raw
    requirements: tuple[str, ...]
    raw: Raw


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an example came out; green when there is no problem."""

    name: Words
    where: str
    problems: tuple[Problem, ...]

    @property
    def is_green(self) -> bool:
        """Tell whether everything that was expected was found."""
        return not self.problems


def run_examples(pack: Pack, calendar: WorkingCalendar) -> tuple[Verdict, ...]:
    """Run every example of the pack."""
    return tuple(run_example(pack, raw, calendar) for raw in pack.examples)


def run_example(pack: Pack, raw: Raw, calendar: WorkingCalendar) -> Verdict:
    """Run one example and compare only what it states."""
    reading = Reading()
    example = reading.attempt(lambda: read_example(reading, raw))
    if example is None:
        return Verdict(Words(raw.where), raw.where, tuple(reading.problems))
    answers = reading.attempt(lambda: _ASKED[example.ask](pack, reading, example, calendar))
    differences: list[Problem] | None = []
    if answers is not None:
        # What is expected is read as it is compared, and may be unreadable as well.
        differences = reading.attempt(lambda: _differences(example, answers))
    return Verdict(example.name, raw.where, (*reading.problems, *(differences or ())))


def read_example(reading: Reading, raw: Raw) -> Example:
    """Read one entry of a file in ``examples/``."""
    fields = reading.fields(raw)
    example = Example(
        name=fields.words("name"),
        ask=fields.word("ask", ASKS),
        given=fields.need("given"),
        expect=fields.need("expect"),
        requirements=fields.texts("req"),
        raw=raw,
    )
    fields.close()
    return example


def example_name(raw: Raw) -> Words:
    """Return what an example is called; one that cannot be read is called by its place."""
    named = raw.value.get("name") if isinstance(raw.value, Mapping) else None
    words = Reading().attempt(lambda: as_words(Reading(), named)) if named else None
    return words or Words(raw.where)


def _differences(example: Example, answers: Answers) -> list[Problem]:
    """Compare what is expected, key by key; numbers compare as numbers."""
    problems = []
    expectations = _flattened(example.expect)
    if not expectations:
        raise refuse(example.expect, "examples.proves_nothing", name=example.name)
    for key, raw in expectations:
        found = answers.get(key)
        expected = _expected_text(raw)
        if found is None or not _same(expected, found):
            problems.append(
                Problem.at(
                    raw.where,
                    "examples.differs",
                    name=example.name,
                    key=key,
                    expected=expected,
                    found="—" if found is None else found,
                )
            )
    return problems


def _flattened(raw: Raw, prefix: str = "") -> list[tuple[str, Raw]]:
    found: list[tuple[str, Raw]] = []
    for key, each in entries(raw):
        if isinstance(each.value, Mapping):
            found += _flattened(each, f"{prefix}{key}.")
        else:
            found.append((f"{prefix}{key}", each))
    return found


def _expected_text(raw: Raw) -> str:
    if raw.value is None:
        return "none"
    if isinstance(raw.value, bool):
        return "true" if raw.value else "false"
    if isinstance(raw.value, date):
        return raw.value.isoformat()
    if isinstance(raw.value, tuple):
        return " ".join(as_text(each) for each in as_list(raw))
    return as_text(raw)


def _same(expected: str, found: str) -> bool:
    left, right = number_of(expected), number_of(found)
    return left == right if left is not None and right is not None else expected == found


def _assess(pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar) -> Answers:
    given = read_given(pack, reading, example.given)
    if not given.scheme:
        raise refuse(example.given, "scoring.unknown_scheme", name="—", known="—")
    _check_period(pack, example, given)
    assessor = Assessor.of(pack, given.scheme)
    check_lines(pack, given.scheme, given.fixed, example.given)
    context = Context(
        unit=given.unit,
        facts=MemoryFacts(given.records, given.period.last),
        law=pack.law(pack.law_day(given.period), replaced=given.replaced),
        absence=pack.absence(),
        months=given.period.months(),
        past=given.past,
        fixed=given.fixed,
    )
    result = assessor.assess(context)
    return {**_told(result, context, given), **_typed(result, given)}


def _check_period(pack: Pack, example: Example, given: Given) -> None:
    kinds = pack.scheme(given.scheme).periods
    if given.period.kind not in kinds:
        allowed = ", ".join(kinds)
        raise refuse(example.given, "examples.other_period", allowed=allowed, period=given.period)


def _typed(result: Result, given: Given) -> Answers:
    """What is typed where rules leave amounts open, and which of them stay open."""
    left_open = {each.rule: each for each in result.proposals if each.limits}
    refused, typed = "none", Fraction(0)
    for name, raw in given.typed.items():
        if name not in left_open:
            known = ", ".join(left_open) or "—"
            raise refuse(raw, "policy.unknown_word", found=name, allowed=known)
        proposal = left_open.pop(name)
        amount = as_number(raw)
        problem = proposal.limits.refusal(amount) if proposal.limits else None
        if problem is not None:
            refused = problem.code
            left_open[name] = proposal
        else:
            typed += -amount if proposal.kind == "penalty" else amount
    answers = {"refused": refused, "open_amounts": " ".join(left_open) or "none"}
    if result.yuan is not None:
        answers["amount"] = plain(result.yuan + typed, 2)
    return answers


def _told(result: Result, context: Context, given: Given) -> Answers:
    sheet = result.sheet
    answers = {
        "status": result.status,
        "score": "none" if sheet.score is None else plain(sheet.score),
        "grade": sheet.grade or "none",
        "amount": "none" if result.yuan is None else plain(result.yuan, 2),
        "outcomes": " ".join(each.rule for each in result.proposals) or "none",
        "unconfirmed": " ".join(sorted(result.unconfirmed)) or "none",
        "problems": " ".join(sorted({each.code for each in given.problems})) or "none",
    }
    for name, step in context.steps.items():
        answers[f"lines.{name}"] = "none" if step.value is None else shown(step.value)
        if step.reason:
            answers[f"reasons.{name}"] = step.reason
    return answers


def _check_records(
    pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar
) -> Answers:
    given = read_given(pack, reading, example.given)
    codes = sorted({each.code for each in given.problems})
    return {"problems": " ".join(codes) or "none", "accepted": str(len(given.records))}


def _spend(pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar) -> Answers:
    fields = reading.fields(example.given)
    budget = pack.budgets.get(fields.text("budget"))
    if budget is None:
        known = ", ".join(pack.budgets)
        named = fields.need("budget")
        raise refuse(named, "policy.unknown_word", found=as_text(named), allowed=known)
    period = read_period(fields)
    answer = spend(
        budget,
        pack.law(pack.law_day(period)),
        period,
        fields.number("spent", Fraction(0)),
        fields.number("amount"),
    )
    fields.close()
    if isinstance(answer, Balance):
        return {"refused": "none", "left": plain(answer.left), "spent": plain(answer.spent)}
    return {"refused": answer.code}


def _personal(pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar) -> Answers:
    """Ask whether one measure may be taken for one person."""
    fields = reading.fields(example.given)
    plan = pack.personal.get(fields.text("plan"))
    if plan is None:
        named, known = fields.need("plan"), ", ".join(pack.personal)
        raise refuse(named, "policy.unknown_word", found=as_text(named), allowed=known)
    offender = fields.maybe("offender")
    problems = objections(
        plan,
        Proposed(
            fields.text("ground"),
            fields.text("measure"),
            _yuan(fields, "yuan"),
            _yuan(fields, "fine"),
            _decided(reading, offender) if offender else None,
        ),
    )
    fields.close()
    return {"refused": " ".join(sorted({each.code for each in problems})) or "none"}


def _decided(reading: Reading, raw: Raw) -> Decided:
    fields = reading.fields(raw)
    decided = Decided(fields.text("measure"), _yuan(fields, "yuan"))
    fields.close()
    return decided


def _yuan(fields: Fields, key: str) -> Fraction | None:
    return fields.number(key) if key in fields else None


def _due(pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar) -> Answers:
    return ask_due(pack, reading, example.given, calendar)


def _clock(pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar) -> Answers:
    return ask_clock(pack, reading, example.given, calendar)


def _case(pack: Pack, reading: Reading, example: Example, calendar: WorkingCalendar) -> Answers:
    answers = ask_case(pack, reading, example.given, calendar)
    if answers["refused"] != "none" and "refused" not in dict(entries(example.expect)):
        codes = answers["refused"]
        raise refuse(example.expect, "examples.step_refused", name=example.name, codes=codes)
    return answers


Asked = Callable[[Pack, Reading, Example, WorkingCalendar], Answers]
_ASKED: dict[str, Asked] = {
    "assess": _assess,
    "records": _check_records,
    "budget": _spend,
    "personal": _personal,
    "due": _due,
    "clock": _clock,
    "case": _case,
}
