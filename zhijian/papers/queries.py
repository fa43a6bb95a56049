"""Reading papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.foundation.files.queries import FileRef
from zhijian.papers.models import IN_FORCE, OPEN, Paper, PaperEvent, PaperReceiver, State

WAITING, OVERDUE, VALID, VOID, ALL = "waiting", "overdue", "valid", "void", "all"
SHOWN: Final = (ALL, WAITING, OVERDUE, VALID, VOID)
MINE: Final = "me"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which papers somebody looks for; empty fields do not restrict.

    ``form`` is the name of a form as it stands on papers; ``receiver`` ``me`` asks for those that
    the person has still to receive.
    """

    shown: str = ALL
    form: str = ""
    unit: int | None = None
    receiver: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may learn of a paper: nothing personal, nothing of the case."""

    paper: Paper

    @property
    def replaced_by(self) -> str:
        """The number of the paper that took its place, or nothing."""
        after = Paper.objects.filter(replaces=self.paper).values_list("number", flat=True)
        return next(iter(after), "")


def seen_by(user: Any) -> QuerySet[Paper]:
    """Return the papers that a person may see: those of the cases they see, and those to them."""
    mine = Exists(PaperReceiver.objects.filter(paper=OuterRef("pk"), person_id=user.pk))
    return Paper.objects.filter(Q(case_id__in=cases.seen_by(user).values("pk")) | mine)


def paper_for(user: Any, paper_id: int) -> Paper | None:
    """Return one paper, or nothing for who may not see it."""
    rows = seen_by(user).select_related("case__unit", "issued_by", "replaces")
    return rows.filter(pk=paper_id).first()


def papers_seen(user: Any, sought: Sought, now: datetime) -> QuerySet[Paper]:
    """Return the papers that match and that a person may see, the latest first."""
    rows = _shown(seen_by(user), sought.shown, now)
    if sought.form:
        rows = rows.filter(title=sought.form)
    if sought.unit:
        rows = rows.filter(case__unit_id=sought.unit)
    if sought.receiver == MINE:
        waits = PaperReceiver.objects.filter(
            paper=OuterRef("pk"), person_id=user.pk, received_at=None
        )
        rows = rows.filter(Exists(waits), state=State.ISSUED)
    if sought.text:
        told = sought.text.upper()
        rows = rows.filter(Q(number__startswith=told) | Q(case__number=told))
    return rows.select_related("case__unit").order_by("-issued_at", "-pk").defer("document")


def _shown(rows: QuerySet[Paper], shown: str, now: datetime) -> QuerySet[Paper]:
    match shown:
        case "waiting":
            return rows.filter(state__in=OPEN)
        case "overdue":
            return rows.filter(state__in=OPEN, reply_by__lt=now)
        case "valid":
            return rows.filter(state__in=IN_FORCE)
        case "void":
            return rows.exclude(state__in=IN_FORCE)
    return rows


def forms_seen(user: Any) -> list[tuple[str, str]]:
    """Return the forms of which a person may see papers: their names in both languages."""
    return list(seen_by(user).order_by("title").values_list("title", "title_en").distinct())


def of_case(case_id: int) -> list[Paper]:
    """Return the papers of a case, the oldest first."""
    rows = Paper.objects.filter(case_id=case_id).order_by("issued_at", "pk").defer("document")
    return list(rows.select_related("replaces"))


def last_of(case_id: int, form: str) -> Paper | None:
    """Return the paper of a form that the next one would replace: in force, or withdrawn last."""
    rows = Paper.objects.filter(case_id=case_id, form=form, replaced_by=None)
    return rows.order_by("-pk").first()


def receivers_of(paper: Paper) -> list[PaperReceiver]:
    """Return to whom a paper went, with their names."""
    return list(paper.receivers.select_related("person", "noted_by").order_by("pk"))


def events_of(paper: Paper) -> list[PaperEvent]:
    """Return what happened to a paper, the oldest first."""
    return list(paper.events.select_related("actor").order_by("at", "pk"))


def chain_of(paper: Paper) -> Sequence[Paper]:
    """Return the papers of the same form and case that replaced each other, the oldest first."""
    rows = Paper.objects.filter(case_id=paper.case_id, form=paper.form).defer("document")
    return list(rows.order_by("pk"))


def may_open(user: Any, paper: Paper) -> bool:
    """Tell whether a person may read the bytes: what is personal is for receivers and those who
    may reveal it in the unit of the case."""
    if not paper.is_personal:
        return True
    is_mine = paper.receivers.filter(person_id=user.pk).exists()
    return is_mine or accounts.may(user, "cases.reveal", paper.case.unit_id)


def may_read_pdf(user: Any, file: FileRef) -> bool:
    """Tell whether the archived file may be read where files are: only where it names nobody.

    Those with personal facts are read on their own page, which notes who looked.
    """
    key = int(file.owner_key) if file.owner_key.isdecimal() else 0
    return seen_by(user).filter(pk=key, is_personal=False).exists()


def cases_seen_among(user: Any, ids: Iterable[int]) -> frozenset[int]:
    """Return which of some cases a person may see: a receiver may see the paper alone."""
    return frozenset(cases.seen_by(user).filter(pk__in=list(ids)).values_list("pk", flat=True))


def verified(number: str, code: str) -> Verified | None:
    """Return the paper with this number and this code, or nothing."""
    wanted = "".join(each for each in code.upper() if each.isalnum())
    found = Paper.objects.filter(number=number.strip().upper()).defer("document").first()
    if found is None or not wanted or found.code.replace("-", "") != wanted:
        return None
    return Verified(found)


def received(rows: Iterable[PaperReceiver]) -> bool:
    """Tell whether everybody has received the paper."""
    return all(each.received_at is not None for each in rows)
