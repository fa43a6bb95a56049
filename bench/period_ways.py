"""Computing a period, and the plain SQL that yields the same figures, on one connection by turns.

Run as a module on a filled site; prints seconds of both as JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from bench.filling import PACK

_IN_FORCE = (
    f"FROM intake_record WHERE pack_id = '{PACK}' AND voided_at IS NULL "
    "AND month BETWEEN 202401 AND 202403 AND kind = "
)
#: What a person would write by hand for the figures of the regulation, kind by kind.
PLAIN = {
    "self_reported": f"SELECT unit_id, month, SUM({{score}}), COUNT({{score}}) {_IN_FORCE}"
    "'self_check' GROUP BY unit_id, month",
    "office_score": f"SELECT unit_id, month, SUM({{score}}), COUNT({{score}}) {_IN_FORCE}"
    "'office_sample' GROUP BY unit_id, month",
    "survey_mean": "SELECT unit_id, SUM({score}), COUNT({score}), "
    f"SUM(CASE WHEN {{score}} >= 95000000 THEN 100000000 ELSE {{score}} END) {_IN_FORCE}"
    "'questionnaire' GROUP BY unit_id",
    "valid_complaints": "SELECT unit_id, COUNT(*), "
    "SUM(CASE WHEN {validity} = '有效' THEN 1 ELSE 0 END), "
    f"SUM(CASE WHEN {{validity}} = '待定' THEN 1 ELSE 0 END) {_IN_FORCE}"
    "'complaint' GROUP BY unit_id",
    "direct_deductions": f"SELECT unit_id, SUM({{points}}), COUNT(*) {_IN_FORCE}"
    "'direct_deduction' GROUP BY unit_id",
    "call_back": f"SELECT unit_id, SUM({{points}}), COUNT(*) {_IN_FORCE}"
    "'call_back_finding' GROUP BY unit_id",
    "registers": f"SELECT unit_id, COUNT(*) {_IN_FORCE} 'register_check' GROUP BY unit_id",
}
_KINDS = {
    "self_reported": "self_check",
    "office_score": "office_sample",
    "survey_mean": "questionnaire",
    "valid_complaints": "complaint",
    "direct_deductions": "direct_deduction",
    "call_back": "call_back_finding",
    "registers": "register_check",
}
_MILLION = 1_000_000


def main() -> None:
    """Measure by turns, check that both say the same, print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--assessment", type=int, required=True)
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    import django

    django.setup()
    statements = _statements()
    told: dict[str, list[float]] = {"plain": [], "ours": [], "judging": [], "again": []}
    figures: dict[str, list[tuple[Any, ...]]] = {}
    for _run in range(args.runs):
        _timed(told["plain"], lambda: figures.update(_plain(statements)))
        _forget(args.assessment)
        _timed(told["ours"], lambda: told["judging"].append(_compute(args.assessment)))
        _timed(told["again"], lambda: _compute(args.assessment))
    _compare(args.assessment, figures)
    print(json.dumps(told))


def _timed(into: list[float], act: Callable[[], object]) -> None:
    begun = time.perf_counter()
    act()
    into.append(time.perf_counter() - begun)


def _statements() -> dict[str, str]:
    from zhijian.intake import queries

    slots = queries.slots(PACK, list(_KINDS.values()))
    return {
        name: text.format(**{field: slot.column for field, slot in slots[_KINDS[name]].items()})
        for name, text in PLAIN.items()
    }


def _plain(statements: dict[str, str]) -> dict[str, list[tuple[Any, ...]]]:
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for name, text in statements.items():
            cursor.execute(text)
            found[name] = cursor.fetchall()
    return found


def _compute(assessment_id: int) -> float:
    """Compute as the job does; return the seconds until the results were in memory."""
    from zhijian.assessments.models import Assessment
    from zhijian.assessments.services import computing

    begun = time.perf_counter()
    assessment = Assessment.objects.get(pk=assessment_id)
    judged = computing.judge_all(assessment, lambda *_progress: None)
    seconds = time.perf_counter() - begun
    computing.store(actor=None, assessment_id=assessment_id, judged=judged)
    return seconds


def _forget(assessment_id: int) -> None:
    """Take the sheets away, so that each run writes all of them for the first time."""
    from zhijian.assessments.models import ScoreSheet

    ScoreSheet.objects.filter(assessment_id=assessment_id).delete()


def _compare(assessment_id: int, figures: dict[str, list[tuple[Any, ...]]]) -> None:
    """Refuse to report a speed when the figures differ."""
    from zhijian.assessments.models import ScoreSheet
    from zhijian.domain.explain.document import from_document

    told: dict[int, dict[str, Any]] = {}
    for unit_id, total, count, _full in figures["survey_mean"]:
        told.setdefault(unit_id, {})["survey_mean"] = Fraction(int(total), count * _MILLION)
    for unit_id, _all, valid, _open in figures["valid_complaints"]:
        told[unit_id]["valid_complaints"] = Fraction(int(valid))
    for name in ("direct_deductions", "call_back"):
        for unit_id, total, _count in figures[name]:
            told[unit_id][name] = Fraction(int(total), _MILLION)
    for sheet in ScoreSheet.objects.filter(assessment_id=assessment_id, is_current=True):
        steps = {step.id: step.value for step in from_document(sheet.working).walk()}
        wanted = told.pop(sheet.unit_id)
        if {name: steps[name] for name in wanted} != wanted:
            raise SystemExit(f"{sheet.unit_name}: the two ways do not agree")
    if told:
        raise SystemExit("units without a sheet")


if __name__ == "__main__":
    main()
