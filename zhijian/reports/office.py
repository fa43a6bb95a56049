"""From rows to the data of single papers, in the language they are asked for in."""

from __future__ import annotations

from typing import Any

from zhijian.assessments import queries as assessments
from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.roles import ROLES
from zhijian.foundation import clock
from zhijian.foundation.reasons import in_words
from zhijian.outcomes import queries as outcomes
from zhijian.packs import queries as packs
from zhijian.reports.material import head, material, result_of, text
from zhijian.reports.models import Minutes
from zhijian.reports.papers.speech import Speech
from zhijian.reports.queries import Notice

_DRAFT, _CORRECTED, _REVERSED = "not_approved", "corrected", "reversed"
_CANCELLED = "cancelled"
_COMMITTEE = "committee"


def spoken(assessment: Any, language: str) -> dict[str, Any]:
    """Return the language of a paper and what the regulation says in it."""
    return {"language": language, "words": dict(packs.english_words(assessment, language))}


def score_sheet(sheet: Any, language: str) -> dict[str, Any]:
    """Return the data of the score sheet of a unit."""
    assessment = sheet.assessment
    return {
        **head(assessment, packs.typed(assessment.pack_version_id)),
        **spoken(assessment, language),
        "revision": sheet.revision,
        "mark": _mark(assessment),
        "result": result_of(sheet, assessment),
        "results": [],
        "unconfirmed": sheet.unconfirmed,
    }


def results_list(assessment: Any, language: str) -> dict[str, Any]:
    """Return the data of the list of results."""
    data = {**material(assessment), **spoken(assessment, language)}
    speech, approved = Speech.of(data), assessment.approved_at
    day = speech.day(clock.day_of(approved)) if approved else ""
    return {
        **data,
        "mark": _mark(assessment),
        "facts": [
            [speech.say("units"), speech.say("units_counted", count=len(data["results"]))],
            [speech.say("result_digest"), _short(assessment)],
            *_edition(assessment, speech),
        ],
        "approval": speech.say("approved_at", day=day) if approved else speech.say("unapproved"),
    }


def _mark(assessment: Any) -> str:
    if assessment.is_superseded:
        return _CORRECTED
    if assessment.state == assessments.CANCELLED:
        return _CANCELLED
    return "" if assessment.approved_at else _DRAFT


def _edition(assessment: Any, speech: Speech) -> list[list[str]]:
    if assessment.corrects is None:
        return []
    former = assessment.corrects
    told = speech.say(
        "edition_corrects",
        number=assessment.edition,
        former=former.edition,
        day=speech.day(clock.day_of(former.approved_at)),
    )
    return [[speech.say("edition_no"), told]]


def notice(published: Notice, language: str) -> dict[str, Any]:
    """Return the data of a public notice."""
    pack = {
        "id": published.pack_id,
        "version": published.version,
        "digest": published.digest,
        "title": published.pack_zh,
        "trial": published.trial,
        "copyright": packs.typed(published.pack_version_id).header.copyright.zh,
    }
    speech = Speech(language, packs.english_words(published, language))
    period, rules = published.period, packs.typed(published.pack_version_id)
    facts = {"pack": published.pack(language), "period": period.title(language)}
    return {
        "pack": pack,
        "language": language,
        "words": dict(speech.words),
        "is_sample": published.is_sample,
        "mark": _CORRECTED if published.superseded_on else "",
        "title": published.title_zh,
        "period": period.id,
        "paragraphs": [speech.say("published", **facts), *_corrections(published, speech)],
        "results": [
            {"unit": each.unit, "score": text(each.score), "grade": each.grade}
            for each in published.lines
        ],
        "notes": [speech.say("objections", body=_body(rules, "working_group", speech))],
        "issuer": _body(rules, "committee", speech),
        "day": speech.day(clock.day_of(published.published_at)),
    }


def _corrections(published: Notice, speech: Speech) -> list[str]:
    """What corrects this notice, and what it corrects."""
    found = []
    if published.superseded_on:
        found.append(speech.say("superseded", day=speech.day(published.superseded_on)))
    if published.corrects_of:
        found.append(speech.say("corrects", day=speech.day(published.corrects_of)))
    return found


def decision(entry: Any, language: str) -> dict[str, Any]:
    """Return the data of the decision on an entry of the ledger."""
    assessment = entry.assessment
    pack = packs.typed(assessment.pack_version_id)
    data = {**head(assessment, pack), **spoken(assessment, language)}
    speech, former = Speech.of(data), outcomes.turn_of(entry).former
    why, body = in_words(entry.reason).to(language), _body(pack, _decider(entry, pack), speech)
    reversed_ = {"code": entry.reverses.code, "reason": why} if entry.reverses else {}
    return {
        **data,
        "number": entry.code,
        "unit": entry.unit_name,
        "kind": entry.kind,
        "amount": f"{entry.amount:.2f}",
        "score": text(entry.score),
        "grade": entry.grade,
        "cites": entry.cites,
        "approver": body,
        "text": entry.text,
        "due_on": entry.due_on.isoformat() if entry.due_on else "",
        "reverses": entry.reverses.code if entry.reverses else "",
        "reversal": speech.say("reversal", **reversed_) if reversed_ else "",
        "succession": speech.say("succession", code=former.code) if former else "",
        "mark": _REVERSED if hasattr(entry, "reversed_by") else "",
        "proposed_by": entry.proposed_by.display_name if entry.proposed_by else "—",
        "approved_by": entry.approved_by.display_name,
        "effective_on": entry.effective_on.isoformat(),
        "evidence": speech.say("evidence_said", number=entry.sheet.revision),
        "working": entry.working,
        "score_line": pack.schemes[assessment.scheme].score,
        "appeal": speech.say("appeal", body=body),
        "issuer": body,
        "day": speech.day(entry.effective_on),
    }


def _decider(entry: Any, pack: Pack) -> str:
    """The role that decided on an entry: who the rule names, the committee for all else."""
    if entry.reverses_id:
        return _COMMITTEE
    if hasattr(entry, "typed_as"):
        return str(entry.typed_as.open_amount.approver)
    plan = pack.outcome_of(entry.assessment.scheme)
    named = {rule.id: rule.approver for rule in plan.rules if not rule.typed} if plan else {}
    return named.get(entry.rule) or _COMMITTEE


def _body(pack: Pack, role: str, speech: Speech) -> str:
    """What a regulation calls the body that holds a role; where it names none, the role itself."""
    title = next((each.title for each in pack.header.bodies if each.role == role), ROLES[role])
    return title.to(speech.language)


def minutes(found: Minutes, language: str) -> dict[str, Any]:
    """Return the data of the minutes of a meeting."""
    assessment = found.assessment
    data = {
        **head(assessment, packs.typed(assessment.pack_version_id)),
        **spoken(assessment, language),
    }
    speech = Speech.of(data)
    facts = [
        ["period", speech.period_of(data)],
        ["held_on", speech.day(found.held_on)],
        ["place", found.place],
        ["attended", found.attended],
    ]
    return {**data, "facts": facts, "text": found.text}


def _short(assessment: Any) -> str:
    return (assessment.result_digest or assessment.computed_digest)[:16] or "—"


def period_title(assessment: Any, language: str) -> str:
    """Return the period of an assessment as people write it."""
    return Period.parse(assessment.period).title(language)
