"""The life of a report: begun, written, delivered with a number, withdrawn, issued anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from zhijian.accounts import queries as accounts
from zhijian.assessments import queries as assessments
from zhijian.domain.words import listed
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_bytes
from zhijian.foundation.numbering.services import next_number
from zhijian.foundation.reasons import in_words
from zhijian.packs import queries as packs
from zhijian.reports import queries
from zhijian.reports.material import material
from zhijian.reports.models import Report, State
from zhijian.reports.owners import PDF
from zhijian.reports.papers import assessment as paper
from zhijian.reports.papers.speech import Speech
from zhijian.reports.refusals import ReportRefused

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.assessments.models import Assessment

NUMBERS = "reports.report"


def begin(*, actor: User, assessment_id: int, outline_id: str) -> Report:
    """Begin the report of an assessment; there is one of each outline at a time."""
    if not accounts.may(actor, "reports.write"):
        raise ReportRefused("reports.may_not")
    assessment = assessments.assessment_for(actor, assessment_id)
    if assessment is None:
        raise ReportRefused("reports.no_assessment")
    if assessment.computed_at is None:
        raise ReportRefused("reports.nothing_computed")
    if assessment.was_reopened:
        edition = assessment.correction.edition
        raise ReportRefused("reports.under_correction", edition=edition)
    if assessment.state == assessments.CANCELLED:
        raise ReportRefused("reports.correction_cancelled")
    outline = packs.typed(assessment.pack_version_id).outlines.get(outline_id)
    if outline is None:
        raise ReportRefused("reports.no_outline", outline=outline_id)
    former = queries.former_of(assessment, outline_id)
    if former is not None and former.state == State.DRAFT:
        return carry_over(former, assessment)
    return _begun(
        actor,
        Report(
            assessment=assessment,
            outline=outline_id,
            title=outline.title.zh,
            title_en=outline.title.en,
            texts=former.texts if former else {},
            replaces=former,
        ),
    )


def carry_over(draft: Report, correction: Assessment) -> Report:
    """Let a draft be about the correction of its result, with what was written so far."""
    # In one statement, so that what somebody delivers at this moment stays with its result.
    Report.objects.filter(pk=draft.pk, state=State.DRAFT).update(assessment=correction)
    return Report.objects.get(pk=draft.pk)


def _begun(actor: User, report: Report) -> Report:
    report.changed_at, report.changed_by = clock.now(), actor
    try:
        with transaction.atomic():
            report.save(force_insert=True)
            record(actor=actor, action="reports.begin", subject=_subject(report))
    except IntegrityError as error:
        raise ReportRefused("reports.already_begun", title=report.title) from error
    return report


@transaction.atomic
def save_texts(*, actor: User, report_id: int, texts: Mapping[str, str]) -> Report:
    """Keep what was written so far; parts the outline does not know are left out."""
    if not accounts.may(actor, "reports.write"):
        raise ReportRefused("reports.may_not")
    report = _locked(report_id, State.DRAFT)
    known = {part["id"] for part in written_parts(report)}
    kept = {name: said for name, said in texts.items() if name in known}
    if any(report.texts.get(name, "") != said for name, said in kept.items()):
        report.texts = {**report.texts, **kept}
        report.changed_at, report.changed_by = clock.now(), actor
        report.save(update_fields=["texts", "changed_at", "changed_by"])
    return report


def written_parts(report: Report) -> list[dict[str, Any]]:
    """Return the parts of the outline in which people write."""
    outline = packs.typed(report.assessment.pack_version_id).outlines[report.outline]
    return [
        {"id": part.id, "title": part.title, "prompt": part.prompt, "cites": part.cites}
        for part in outline.parts
        if part.written_by
    ]


def preview(report: Report, figure_url: str, language: str = "zh") -> bytes:
    """Return the paper as it would be now, marked as a draft."""
    data = in_language(report, content(report, figure_url), language)
    return paper.render({**data, "number": Speech.of(data).say("draft")})


def translation(report: Report, language: str) -> bytes:
    """Return what was delivered in another language, marked as a translation of the original.

    Where the original was withdrawn since, the translation says so, when and why.
    """
    data = in_language(report, report.data, language)
    told, is_withdrawn = [["digest_of_original", report.digest]], report.state == State.WITHDRAWN
    if is_withdrawn:
        told.append(["withdrawn_on", clock.day_of(report.withdrawn_at).isoformat()])
        told.append(["withdrawn_because", in_words(report.withdrawn_reason).to(language)])
    mark = "translation_withdrawn" if is_withdrawn else "translation"
    return paper.render({**data, "mark": mark, "facts": [*data.get("facts", ()), *told]})


def in_language(report: Report, data: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return the data of a report with the language and what the regulation says in it."""
    words = dict(packs.english_words(report.assessment, language))
    return {**data, "language": language, "words": words}


def content(report: Report, figure_url: str) -> dict[str, Any]:
    """Return the data of a report: frozen once it is delivered, fresh before that."""
    if report.state != State.DRAFT:
        return report.data
    assessment = report.assessment
    return {
        **material(assessment, report.outline),
        "texts": report.texts,
        "figure_prefix": str(report.pk),
        "figure_url": figure_url,
        "signatures": ["written_by", "checked_by", "approved_by"],
    }


@transaction.atomic
def deliver(*, actor: User, report_id: int, recipients: str, figure_url: str) -> Report:
    """Give the report its number and archive the very bytes that are handed over."""
    if not accounts.may(actor, "reports.deliver"):
        raise ReportRefused("reports.may_not")
    if not recipients.strip():
        raise ReportRefused("reports.recipients_needed")
    report = _locked(report_id, State.DRAFT)
    _check_complete(report)
    at = clock.now()
    day = clock.day_of(at)
    report.year, report.number = day.year, next_number(kind=NUMBERS, year=day.year)
    data = content(report, figure_url)
    data |= {
        "number": report.code,
        "facts": [["number", report.code], ["delivered_on", day.isoformat()]],
    }
    pdf = paper.render(data)
    name = f"{report.code}{report.title}.pdf"
    stored = store_bytes(content=pdf, name=name, owner=Owner(PDF, str(report.pk)), uploader=actor)
    report.data, report.pdf_id, report.digest = data, stored.id, stored.digest
    report.state, report.recipients = State.DELIVERED, recipients.strip()
    report.delivered_at, report.delivered_by = at, actor
    report.save()
    record(
        actor=actor,
        action="reports.deliver",
        subject=_subject(report),
        after={"number": report.code, "digest": report.digest, "recipients": report.recipients},
    )
    return report


def _check_complete(report: Report) -> None:
    if report.assessment.is_superseded:
        raise ReportRefused("reports.result_corrected")
    if report.assessment.state not in assessments.FINAL:
        raise ReportRefused("reports.not_approved", state=report.assessment.get_state_display())
    empty = [
        part["title"]
        for part in written_parts(report)
        if not report.texts.get(part["id"], "").strip()
    ]
    if empty:
        raise ReportRefused("reports.text_missing", parts=listed(empty))


@transaction.atomic
def withdraw(*, actor: User, report_id: int, reason: str) -> Report:
    """Withdraw a delivered report; whoever verifies it is told so."""
    if not accounts.may(actor, "reports.deliver"):
        raise ReportRefused("reports.may_not")
    if not reason.strip():
        raise ReportRefused("reports.reason_needed")
    return withdrawn(_locked(report_id, State.DELIVERED), actor, reason.strip())


def withdrawn(report: Report, actor: User, reason: str) -> Report:
    """Note that a report counts no more; the bytes that were handed over stay."""
    report.state, report.withdrawn_reason = State.WITHDRAWN, reason
    report.withdrawn_at, report.withdrawn_by = clock.now(), actor
    report.save()
    record(
        actor=actor,
        action="reports.withdraw",
        subject=_subject(report),
        after={"reason": report.withdrawn_reason},
    )
    return report


@transaction.atomic
def reissue(*, actor: User, report_id: int) -> Report:
    """Begin the report that takes the place of a withdrawn one, with its texts.

    It is about the edition of the result that stands now.
    """
    if not accounts.may(actor, "reports.write"):
        raise ReportRefused("reports.may_not")
    former = _locked(report_id, State.WITHDRAWN)
    standing = assessments.standing_edition(former.assessment)
    if former.outline not in packs.typed(standing.pack_version_id).outlines:
        raise ReportRefused("reports.no_outline", outline=former.outline)
    return _begun(
        actor,
        Report(
            assessment=standing,
            outline=former.outline,
            title=former.title,
            title_en=former.title_en,
            texts=former.texts,
            replaces=former,
        ),
    )


def _locked(report_id: int, state: str) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("assessment__pack_version")
    report = rows.get(pk=report_id)
    if report.state != state:
        raise ReportRefused("reports.other_state", state=report.get_state_display())
    return report


def _subject(report: Report) -> Subject:
    return Subject("reports.report", str(report.pk), report.title)
