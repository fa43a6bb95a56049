"""Compensation is booked by the steps of the case themselves, in their transaction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db.models import Sum

from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.owing import Owed
from zhijian.domain.casework.paying import Decision, decision_of
from zhijian.domain.exact import plain
from zhijian.domain.explain.document import to_document
from zhijian.domain.money import capitals
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.numbering.services import next_number
from zhijian.organizations import queries as organizations
from zhijian.outcomes.models import CompensationEntry, CompensationWord

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.models import Case

NUMBERS = "outcomes.compensation"
_NOT_DONE = ("rejected", "withdrawn", "merged", "referred")
"""Ends of a case in which what was decided is not paid."""


def follow(case: Case, standing: Standing, user: User | None, at: datetime) -> None:
    """Book what the last step of a case decided or paid; a former decision is taken back.

    A case that ends without its duty being done takes its decision back as well.
    """
    rules, course = standing.kind.compensation, standing.course
    if rules is None:
        return
    decided, step = decision_of(course, standing.around), course.happened[-1].step
    booking = _Booking(case, user, at)
    if decided is not None and step in rules.decided:
        booking.lift()
        booking.decide(decided, _yuan(course.facts.get(rules.claimed)))
    elif decided is not None and step in rules.paid:
        booking.pay(decided)
    elif course.ends in _NOT_DONE:
        booking.lift()


class _Booking:
    def __init__(self, case: Case, user: User | None, at: datetime) -> None:
        self.case, self.user, self.at = case, user, at
        self.entries = CompensationEntry.objects.filter(case=case)

    def decide(self, decided: Decision, claimed: Decimal | None) -> None:
        self._book(CompensationWord.DECIDED, decided.owed, _exact(decided.owed), claimed=claimed)

    def pay(self, decided: Decision) -> None:
        """Book what is still to be paid: what was paid before in this case counts."""
        paid = self.entries.filter(word=CompensationWord.PAID).aggregate(of=Sum("amount"))["of"]
        amount = _exact(decided.owed) - (paid or Decimal(0))
        self._book(CompensationWord.PAID, decided.owed, amount)

    def lift(self) -> None:
        """Take the decision back that still stands."""
        rows = self.entries.filter(word=CompensationWord.DECIDED, taken_back_by=None)
        for former in rows:
            self._write(
                word=CompensationWord.LIFTED, amount=-former.amount, rule=former.rule,
                title=former.title, title_en=former.title_en, cites=former.cites,
                takes_back=former,
            )  # fmt: skip

    def _book(
        self, word: CompensationWord, owed: Owed, amount: Decimal, claimed: Decimal | None = None
    ) -> None:
        step = owed.working
        self._write(
            word=word, amount=amount, claimed=claimed, rule=owed.rule.id if owed.rule else "",
            title=step.title.zh, title_en=step.title.en, cites=step.cites,
            working=to_document(step),
        )  # fmt: skip

    def _write(self, *, amount: Decimal, **told: object) -> None:
        day = clock.day_of(self.at)
        row = CompensationEntry.objects.create(
            year=day.year,
            number=next_number(kind=NUMBERS, year=day.year),
            case=self.case,
            seq=self.case.seq,
            pack_id=self.case.pack_id,
            unit_id=self.case.unit_id,
            unit_name=organizations.units_by_id([self.case.unit_id])[self.case.unit_id].name,
            amount=amount,
            capitals=capitals(amount),
            on=day,
            at=self.at,
            by=self.user,
            is_sample=self.case.is_sample,
            **told,
        )
        record(
            actor=self.user,
            action=f"outcomes.compensation_{row.word}",
            subject=Subject("outcomes.compensation", str(row.pk), row.code),
            after={"case": self.case.number, "rule": row.rule, "amount": f"{amount:.2f}"},
        )


def _exact(owed: Owed) -> Decimal:
    """A decision always has an amount: a step that decides is refused without one."""
    return _yuan(owed.yuan) or Decimal(0)


def _yuan(value: object) -> Decimal | None:
    return Decimal(plain(value, 2)) if isinstance(value, Fraction) else None
