"""What a case cost: the sheets that its records count on, and what each would say without them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.assessments.bench_of import bench_of, domain_unit, period_of
from zhijian.assessments.judging import Judged, judge_unit
from zhijian.assessments.models import Assessment, ScoreSheet, State
from zhijian.assessments.words import period_title
from zhijian.cases.bearing import Bearing
from zhijian.domain.exact import plain
from zhijian.domain.explain.document import from_documents
from zhijian.domain.explain.step import Step
from zhijian.foundation.language import language
from zhijian.intake import queries as intake
from zhijian.intake.facts import facts_from
from zhijian.intake.names import UnitNames
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs

#: A unit with more records is not worked out a second time for one page.
MOST = 5000


def bearings_of_case(user: Any, case_id: int) -> list[Bearing]:
    """Return the score sheets that a case counts on, with the lines and yuan that it cost."""
    found = []
    records = intake.records_of_case(case_id)
    for sheet in _sheets(records):
        if accounts.may(user, "assessments.view", sheet.unit_id):
            own = [f"record:{each.pk}" for each in records if _counts(each, sheet)]
            title = period_title(sheet.assessment.period, language())
            label = f"{sheet.unit_name} · {title} · {sheet.assessment.get_state_display()}"
            url = reverse("assessments:sheet", args=[sheet.pk])
            found.append(Bearing(label, url, tuple(_told(sheet, own))))
    return found


def _counts(record: Any, sheet: ScoreSheet) -> bool:
    of = sheet.assessment
    same = (record.pack_id, record.unit_id) == (of.pack_id, sheet.unit_id)
    return same and of.first <= record.on <= of.last


def _sheets(records: Iterable[Any]) -> list[ScoreSheet]:
    """The sheets that rest on records as they are now; what was corrected rests on its snapshot."""
    found: dict[int, ScoreSheet] = {}
    for record in records:
        rows = ScoreSheet.objects.filter(
            unit_id=record.unit_id,
            is_current=True,
            assessment__pack_id=record.pack_id,
            assessment__first__lte=record.on,
            assessment__last__gte=record.on,
            assessment__correction=None,
        ).exclude(assessment__state=State.CANCELLED)
        for sheet in rows.select_related("assessment__pack_version"):
            found[sheet.pk] = sheet
    return [found[key] for key in sorted(found)]


def _told(sheet: ScoreSheet, keys: list[str]) -> Iterator[str]:
    pair = judged_without(sheet, keys)
    if pair is None:
        yield _("本单位记录很多，没有逐案试算；请从评分表查看。")
        return
    now, without = pair
    lines = _changed_lines(sheet.assessment, now, without)
    if not lines and now.status == without.status:
        yield _("不影响得分。")
        return
    yield _("影响的评分行：%(lines)s") % {"lines": "；".join(lines)}
    yield from _cost(sheet.assessment, now, without)


def judged_without(sheet: ScoreSheet, keys: Iterable[str]) -> tuple[Judged, Judged] | None:
    """Judge the unit of a sheet with its records, and without some of them.

    Nothing where the unit has more records than a page can wait for.
    """
    unit = organizations.unit(sheet.unit_id)
    if unit is None:
        return None
    bench = bench_of(sheet.assessment, [unit])
    period, left_out = period_of(sheet.assessment), frozenset(keys)
    wanted = intake.records(sheet.assessment.pack_id, period, unit_ids=[unit.id])
    if wanted.order_by().count() > MOST:
        return None
    held = list(intake.domain_records(bench.assessor.pack, period, [unit.id]))
    asked = domain_unit(unit, UnitNames.load())
    others = [each for each in held if each.key not in left_out]
    now, without = (
        judge_unit(replace(bench, facts=facts_from(each, period.last)), asked)
        for each in (held, others)
    )
    return now, without


def _changed_lines(assessment: Assessment, now: Judged, without: Judged) -> list[str]:
    """The lines of the score whose value is another one without the case, from the first on."""
    before = {step.id: step for step in _steps(without)}
    told = []
    for step in _steps(now):
        other = before.get(step.id)
        if other is not None and other.value != step.value:
            title = packs.stored_word(assessment, step.title.to(language()), language())
            told.append(f"{title} {_shown(other)} → {_shown(step)}")
    return list(dict.fromkeys(told))


def _steps(judged: Judged) -> list[Step]:
    """Every line of the score, measured ones first."""
    walked = [step for root in from_documents([judged.working]) for step in root.walk()]
    return list(reversed(list({step.id: step for step in walked if step.title.zh}.values())))


def _shown(step: Step) -> str:
    if step.value is None:
        return "—"
    return plain(step.value) if isinstance(step.value, Fraction) else str(step.value)


def _cost(assessment: Assessment, now: Judged, without: Judged) -> Iterator[str]:
    if now.score is None and without.score is not None:
        yield _("因本案，本期尚不能得出得分；没有本案为 %(score)s 分。") % {"score": without.score}
    elif now.score is not None and without.score is not None:
        yield _("总分 %(without)s → %(now)s，相差 %(by)s 分。") % _apart(now.score, without.score)
    if now.grade and without.grade and now.grade != without.grade:
        lang = language()
        yield _("等次 %(without)s → %(now)s。") % {
            "without": packs.stored_word(assessment, without.grade, lang),
            "now": packs.stored_word(assessment, now.grade, lang),
        }
    if now.yuan is not None and without.yuan is not None:
        yield _("金额 %(without)s 元 → %(now)s 元，相差 %(by)s 元。") % _apart(
            now.yuan, without.yuan
        )


def _apart(now: str, without: str) -> dict[str, str]:
    by = Fraction(now) - Fraction(without)
    return {"without": without, "now": now, "by": plain(by, 2)}
