"""What would change the grade, in words for the page of a score sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from zhijian.assessments.bench_of import assessor_of, domain_unit, past_of, period_of
from zhijian.assessments.judging import Bench
from zhijian.assessments.models import ScoreSheet
from zhijian.assessments.statuses import status_words
from zhijian.domain.exact import plain, rounded
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.impact import Impact, RecordImpact, impact
from zhijian.domain.scoring.scheme import Scheme
from zhijian.intake import queries as intake
from zhijian.intake.names import UnitNames
from zhijian.intake.to_domain import SHAPE, records_of
from zhijian.organizations import queries as organizations
from zhijian.packs import queries as packs

#: With more records of one unit than this, single records hardly matter and are not tried.
MOST_RECORDS = 3000
_PLACES = 2


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record and what the result would be without it."""

    id: int
    label: str
    score: str
    grade: str
    yuan: str


@dataclass(frozen=True, slots=True)
class ImpactWords:
    """Sentences and records."""

    words: list[str]
    records: list[RecordLine]


def impact_of(sheet: ScoreSheet, language: str) -> ImpactWords:
    """Work out what would change the grade of the unit, from its records as they stand."""
    if sheet.assessment.was_reopened:
        return ImpactWords([_("本期结果已重新打开更正，请看更正后的评分表。")], [])
    assessor, period = assessor_of(sheet.assessment), period_of(sheet.assessment)
    unit, names = organizations.unit(sheet.unit_id), UnitNames.load()
    if unit is None:
        return ImpactWords([], [])
    rows = intake.records(sheet.assessment.pack_id, period, unit_ids=[sheet.unit_id])
    if rows.filter(unit_id=sheet.unit_id).count() > MOST_RECORDS:
        return ImpactWords([_("记录很多，单条记录不足以改变等次，不再逐条试算。")], [])
    records = tuple(records_of(rows.values_list(*SHAPE), assessor.pack.kinds, names))
    bench = Bench(
        assessor=assessor,
        period=period,
        law=packs.law_of(sheet.assessment.pack_version_id, assessor.pack.law_day(period)),
        facts=MemoryFacts(records, period.last),
        past=past_of(sheet.assessment, assessor),
    )
    found = impact(assessor, bench.context(domain_unit(unit, names)))
    if found is None:
        return ImpactWords([], [])
    labels = {
        record.key: f"{assessor.pack.kinds[record.kind].title.to(language)} {record.on}"
        for record in records
    }
    changed = [each for each in found.records if _matters(found, each)]
    return ImpactWords(
        _sentences(found, assessor.scheme, language),
        [_line(each, labels.get(each.key, each.key)) for each in changed],
    )


def _matters(found: Impact, each: RecordImpact) -> bool:
    if each.status != "assessed":
        return False
    return each.grade != found.grade or each.yuan != found.yuan or each.score != found.score


def _next_grades(found: Impact, scheme: Scheme, language: str) -> Iterator[str]:
    """How far it is to the grades beside; whether that is more or less depends on the scheme."""
    titles = scheme.grading.titles if scheme.grading else {}
    for neighbor, upwards, downwards in (
        (found.better, _("再得 %(points)s 分（达到 %(score)s）即为“%(grade)s”。"),
         _("再少 %(points)s 分（降到 %(score)s）即为“%(grade)s”。")),
        (found.worse, _("再多 %(points)s 分（达到 %(score)s）即为“%(grade)s”。"),
         _("再失 %(points)s 分（降到 %(score)s）即为“%(grade)s”。")),
    ):  # fmt: skip
        if neighbor is not None:
            facts = {
                "points": _number(neighbor.distance),
                "score": _number(neighbor.score),
                "grade": titles[neighbor.grade].to(language),
            }
            yield (upwards if neighbor.score > found.score else downwards) % facts


def _sentences(found: Impact, scheme: Scheme, language: str) -> list[str]:
    words = [*_next_grades(found, scheme, language)]
    for part in found.parts:
        title = scheme.line(part.part).title.to(language)
        facts = {"part": title, "score": _number(part.score)}
        if part.needed is None:
            words.append(_("%(part)s现为 %(score)s，单凭这一项不能提高等次。") % facts)
        else:
            facts["needed"] = _number(part.needed)
            words.append(
                _("%(part)s现为 %(score)s，其他不变时达到 %(needed)s 即可提高等次。") % facts
            )
    return words


def _line(each: RecordImpact, label: str) -> RecordLine:
    return RecordLine(
        id=int(each.key.removeprefix("record:")),
        label=label,
        score=_number(each.score) if each.score is not None else status_words(each.status),
        grade=each.grade or "—",
        yuan="—" if each.yuan is None else plain(each.yuan, _PLACES),
    )


def _number(value: Fraction) -> str:
    return plain(rounded(value, _PLACES), _PLACES)
