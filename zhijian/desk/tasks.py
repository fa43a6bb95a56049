"""What a person has to do, by what is due first, and what they wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.assessments import queries as assessments
from zhijian.assessments.bench_of import assessed_units
from zhijian.assessments.states import FINAL, State
from zhijian.assessments.words import period_title
from zhijian.callbacks import queries as callbacks
from zhijian.cases import queries as cases
from zhijian.domain.dates.period import Period
from zhijian.foundation import clock
from zhijian.foundation.language import joined
from zhijian.intake import completeness
from zhijian.intake import queries as intake
from zhijian.organizations import queries as organizations
from zhijian.outcomes import queries as outcomes
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment, Objection

_RECENT = 6
_CASES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, why, where, until when."""

    title: str
    detail: str
    url: str
    icon: str
    due: date | None
    is_late: bool


def tasks_of(user: Any, today: date, language: str) -> list[Task]:
    """Return what a person has to do, the most urgent first."""
    found = [
        *_missing_records(user, today, language),
        *_to_correct(user, language),
        *_to_hand_in(user, language),
        *_to_decide(user, language),
        *_to_publish(user, language),
        *_to_confirm(user),
        *_to_type(user),
        *_to_put_right(user, today),
        *_to_verify(user),
        *_to_decide_about_people(user),
        *_to_review(user, today),
        *_to_tell_contacts(user),
        *_cases(user),
        *_call_backs(user),
        *_to_sign(user, language),
        *_to_approve_again(user, today, language),
    ]
    return sorted(found, key=lambda task: (not task.is_late, task.due or date.max, task.title))


def _open(user: Any) -> list[Assessment]:
    return [row for row in assessments.assessments_seen(user) if row.state == State.OPEN]


def _missing_records(user: Any, today: date, language: str) -> Iterator[Task]:
    """Monthly reports that are lacking, for clerks of their own units and for the office."""
    allowed = accounts.units_allowed(user, "records.enter")
    if not allowed:
        return
    for row in _open(user):
        book = intake.book_of(row.pack_id, Period.parse(row.period))
        if book is None:
            continue
        units = tuple(
            unit
            for unit in assessed_units(book.pack, row.pack_id, book.period)
            if allowed is accounts.ALL or unit.id in allowed
        )
        counts = intake.counts(book)
        matrix = completeness.matrix_of(book, units, counts, f"{today:%Y-%m}")
        lacking = matrix.blocking
        if not lacking:
            continue
        units = joined(dict.fromkeys(unit.name for unit, _cell in lacking))
        kinds = joined(dict.fromkeys(cell.kind.title.to(language) for _unit, cell in lacking))
        yield Task(
            title=_("补齐 %(period)s 的%(kinds)s")
            % {"period": period_title(row.period, language), "kinds": kinds},
            detail=_("缺少记录的单位：%(units)s。缺了就不能计算本期结果。") % {"units": units},
            url=reverse("intake:book", args=[row.pack_id, row.period]),
            icon="clipboard-list",
            due=row.meeting_on,
            is_late=row.last < today,
        )


def _to_correct(user: Any, language: str) -> Iterator[Task]:
    """Results that the committee reopened and that wait for being worked out again."""
    if not accounts.may(user, "assessments.compute"):
        return
    for row in assessments.assessments_seen(user).filter(state=State.OPEN, edition__gt=1):
        yield Task(
            title=_("更正 %(period)s 的考核结果") % {"period": _named(row, language)},
            detail=_("委员会已重新打开：%(reason)s") % {"reason": row.correction_reason},
            url=reverse("assessments:matrix", args=[row.pk]),
            icon="lock-open",
            due=None,
            is_late=False,
        )


def _to_hand_in(user: Any, language: str) -> Iterator[Task]:
    if not accounts.may(user, "assessments.compute"):
        return
    for row in assessments.assessments_seen(user).filter(state=State.COMPUTED):
        yield _waiting(
            row,
            _("核对并提交 %(period)s 的结果") % {"period": _named(row, language)},
            _("已计算，尚未提交质量管理委员会。"),
            page="matrix",
            icon="send",
        )


def _to_decide(user: Any, language: str) -> Iterator[Task]:
    if not accounts.may(user, "assessments.approve"):
        return
    for row in assessments.assessments_seen(user).filter(state=State.IN_REVIEW):
        waiting = assessments.undecided_objections(row.pk)
        if waiting:
            yield _waiting(
                row,
                _("决定 %(period)s 的 %(n)s 项异议")
                % {"period": _named(row, language), "n": waiting},
                _("决定之前不能审定结果。"),
                page="objections",
                icon="gavel",
            )
        yield _waiting(
            row,
            _("审定 %(period)s 的考核结果") % {"period": _named(row, language)},
            _("审定后奖惩记入台账，本期记录锁定。"),
            page="approve",
            icon="check",
        )


def _to_publish(user: Any, language: str) -> Iterator[Task]:
    if not accounts.may(user, "assessments.publish"):
        return
    for row in assessments.assessments_seen(user).filter(state=State.APPROVED, correction=None):
        yield _waiting(
            row,
            _("公布 %(period)s 的考核结果") % {"period": _named(row, language)},
            _("结果已审定，尚未公布。"),
            page="matrix",
            icon="speakerphone",
        )


def _to_confirm(user: Any) -> Iterator[Task]:
    """Proposed values stand in for lost tables; results with them cannot be approved."""
    if not accounts.may(user, "packs.confirm_default"):
        return
    for version in packs.published_packs():
        names = packs.unconfirmed(version.id)
        if names:
            yield Task(
                title=_("确认“%(pack)s”的 %(n)s 个建议值")
                % {"pack": version.title, "n": len(names)},
                detail=_("原表缺失，用建议值代替；确认或替换之前，用到它们的结果不能审定。"),
                url=reverse("packs:values", args=[version.id]),
                icon="adjustments",
                due=None,
                is_late=False,
            )


def _to_type(user: Any) -> Iterator[Task]:
    """Amounts that a regulation leaves to the role of the person."""
    waiting = outcomes.to_type(user)
    if waiting:
        yield Task(
            title=_("填写 %(n)s 笔奖惩的金额") % {"n": waiting},
            detail=_("制度没有规定这些金额，由审定人在限度内填写；填写以后才计入合计。"),
            url=f"{reverse('outcomes:ledger')}?awaiting=1",
            icon="cash",
            due=None,
            is_late=False,
        )


def _to_put_right(user: Any, today: date) -> Iterator[Task]:
    """Measures of one's own units one by one; for the office only that some are late."""
    allowed = accounts.units_allowed(user, "outcomes.do_remedy")
    if allowed is accounts.ALL:
        late = outcomes.load(user, today).overdue
        if late:
            yield Task(
                title=_("催办 %(n)s 项逾期的整改措施") % {"n": late},
                detail=_("期限已过，单位还没有报告完成。"),
                url=f"{reverse('outcomes:remedies')}?state={outcomes.OVERDUE}",
                icon="tool",
                due=None,
                is_late=True,
            )
        return
    for row in outcomes.to_do(allowed):
        yield Task(
            title=_("完成整改：%(what)s") % {"what": row.entry.label},
            detail=f"{row.entry.unit_name} · {row.entry.period}",
            url=reverse("outcomes:remedy", args=[row.pk]),
            icon="tool",
            due=row.entry.due_on,
            is_late=outcomes.is_late(row, today),
        )


def _to_verify(user: Any) -> Iterator[Task]:
    if not accounts.may(user, "outcomes.verify_remedy"):
        return
    waiting = outcomes.to_verify(user)
    if waiting:
        yield Task(
            title=_("验证 %(n)s 项整改措施") % {"n": waiting},
            detail=_("单位已报告完成，须由报告人以外的人验证。"),
            url=f"{reverse('outcomes:remedies')}?state=done",
            icon="user-check",
            due=None,
            is_late=False,
        )


def _to_decide_about_people(user: Any) -> Iterator[Task]:
    """Proposals and objections about persons that wait for somebody who is not concerned."""
    waiting = outcomes.to_decide_personal(user)
    if waiting:
        yield Task(
            title=_("决定 %(n)s 项个人奖惩") % {"n": waiting},
            detail=_("有人提出或当事人异议，等您决定。"),
            url=reverse("outcomes:personal"),
            icon="gavel",
            due=None,
            is_late=False,
        )


def _to_review(user: Any, today: date) -> Iterator[Task]:
    """Regulations whose periodic review is overdue (POL-12)."""
    if not accounts.may(user, "packs.draft"):
        return
    for each in packs.reviews_due(today):
        yield Task(
            title=_("评审“%(pack)s”") % {"pack": each.ref.title},
            detail=_("制度应定期评审是否有效、可行；评审已到期。"),
            url=reverse("packs:pack", args=[each.ref.pack_id]),
            icon="clipboard-check",
            due=each.due_on,
            is_late=True,
        )


def _to_tell_contacts(user: Any) -> Iterator[Task]:
    """Units of one's own whose contact data are not told yet (SYS-18)."""
    for unit in organizations.units_without_contact(user):
        yield Task(
            title=_("补全“%(unit)s”的联系资料") % {"unit": unit.name},
            detail=_("通知、督办和报告按这些资料联系单位。"),
            url=reverse("organizations:contact", args=[unit.id]),
            icon="address-book",
            due=None,
            is_late=False,
        )


def _to_sign(user: Any, language: str) -> Iterator[Task]:
    """Drafts of regulations whose next signature is the person's to give (POL-13)."""
    for ref, step in packs.waiting_for_signature(accounts.roles_of(user)):
        yield Task(
            title=_("签署《%(pack)s》%(version)s 版") % {"pack": ref.title, "version": ref.version},
            detail=_("制度规定由“%(by)s”签署后才能发布。") % {"by": step.by.to(language)},
            url=reverse("packs:signatures", args=[ref.id]),
            icon="signature",
            due=None,
            is_late=False,
        )


def _to_approve_again(user: Any, today: date, language: str) -> Iterator[Task]:
    """Regulations whose approval has to be given again, for those who give it and who draft."""
    roles, drafts = accounts.roles_of(user), accounts.may(user, "packs.draft")
    for each in packs.renewals_due(today):
        if drafts or each.step.role in roles:
            yield Task(
                title=_("重新批准《%(pack)s》") % {"pack": each.ref.title},
                detail=_("制度应定期修订，并由“%(by)s”再次批准。")
                % {"by": each.step.by.to(language)},
                url=reverse("packs:signatures", args=[each.ref.id]),
                icon="signature",
                due=each.due_on,
                is_late=each.is_overdue,
            )


def _cases(user: Any) -> Iterator[Task]:
    """Open cases that the person owns, and those that wait for a body they act for."""
    if not accounts.may(user, "cases.act"):
        return
    now = clock.now()
    own = cases.to_do(user, _CASES_SHOWN)
    others = cases.waiting_for(user, cases.kinds_in_force(), _CASES_SHOWN)
    for row, is_own in (*((each, True) for each in own), *((each, False) for each in others)):
        words = cases.words_of(row)
        yield Task(
            title=(_("办理 %(number)s：%(title)s") if is_own else _("待办 %(number)s：%(title)s"))
            % {"number": row.number, "title": row.title},
            detail=f"{words.kind} · {words.state} · {row.unit.name}",
            url=reverse("cases:case", args=[row.pk]),
            icon="briefcase",
            due=clock.day_of(row.due_at) if row.due_at else None,
            is_late=row.due_at is not None and row.due_at < now,
        )


def _call_backs(user: Any) -> Iterator[Task]:
    """Those whom the person is to call back, in one line: how many, and since when."""
    if not accounts.may(user, "cases.act"):
        return
    rows = callbacks.waiting_for(user)
    first = rows.first()
    if first is None:
        return
    yield Task(
        title=_("待回访：%(n)s 人") % {"n": rows.distinct().count()},
        detail=_("最早产生于 %(day)s") % {"day": first.due_on.isoformat()},
        url=reverse("callbacks:call_backs") + "?shown=mine",
        icon="phone",
        due=None,
        is_late=False,
    )


def _waiting(row: Assessment, title: str, detail: str, *, page: str, icon: str) -> Task:
    url = reverse(f"assessments:{page}", args=[row.pk])
    return Task(title, detail, url, icon, row.meeting_on, is_late=False)


def _named(row: Assessment, language: str) -> str:
    name = f"{row.pack_version.label} {period_title(row.period, language)}"
    if row.edition == 1:
        return name
    return _("%(period)s（第 %(n)s 版）") % {"period": name, "n": row.edition}


def recent(user: Any) -> list[Assessment]:
    """Return the results that were approved last."""
    rows = assessments.assessments_seen(user).filter(state__in=FINAL, is_current=True)
    return list(rows[:_RECENT])


def objections_of(user: Any) -> list[Objection]:
    """Return the objections that a person raised, latest first."""
    return list(assessments.objections_by(user)[:_RECENT])
