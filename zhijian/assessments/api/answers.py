"""What this room answers programs: numbers are exact text, unconfirmed values always said."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from zhijian.assessments import money, queries
from zhijian.assessments.awaited import as_document
from zhijian.assessments.documents import missing_documents, notices, result_document, told
from zhijian.assessments.judging import LEAST_PLACES
from zhijian.assessments.models import Assessment, Objection, ObjectionState, ScoreSheet, State
from zhijian.assessments.money import Money
from zhijian.assessments.services.approving import hindrances
from zhijian.assessments.services.computing import as_stored
from zhijian.assessments.words import period_title
from zhijian.domain.exact import plain
from zhijian.foundation.language import language
from zhijian.foundation.refusal import Refusal
from zhijian.packs import queries as packs


class Told(serializers.Serializer[Any]):
    """Something a reader must know: a stable code, its place, words."""

    code = serializers.CharField()
    where = serializers.CharField(allow_blank=True)
    message = serializers.CharField()


class AssessmentAnswer(serializers.ModelSerializer[Assessment]):
    """Where an assessment stands; ``is_current`` marks the edition that counts."""

    pack_version = serializers.CharField(source="pack_version.version")
    period_title = serializers.SerializerMethodField()
    state = serializers.ChoiceField(choices=State.values)

    class Meta:
        model = Assessment
        fields = (
            "id", "pack_id", "pack_version", "scheme", "period", "period_title", "first", "last",
            "edition", "is_current", "corrects", "correction_reason", "was_to_correct",
            "cancelled_at", "cancel_reason", "state", "meeting_on",
            "opened_at", "computed_at", "submitted_at", "approved_at", "published_at",
            "pack_digest", "result_digest", "public_name",
        )  # fmt: skip

    def get_period_title(self, row: Assessment) -> str:
        """Return the period as people say it."""
        return period_title(row.period, language())


class AssessmentDetail(AssessmentAnswer):
    """An assessment with what stands between its results and their approval."""

    unconfirmed = serializers.SerializerMethodField()
    hindrances = serializers.SerializerMethodField()

    class Meta(AssessmentAnswer.Meta):
        fields = (*AssessmentAnswer.Meta.fields, "unconfirmed", "hindrances")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_unconfirmed(self, row: Assessment) -> list[str]:
        """Return the proposed values that the present results rest on."""
        lists = row.sheets.filter(is_current=True).values_list("unconfirmed", flat=True)
        return sorted({name for names in lists for name in names})

    @extend_schema_field(Told(many=True))
    def get_hindrances(self, row: Assessment) -> list[dict[str, str]]:
        """Return what must be mended before the approval; it names units, so not to clerks."""
        if row.state not in (State.COMPUTED, State.IN_REVIEW):
            return []
        if not queries.sees_every_unit(self.context["request"].user):
            return []
        return [_refused(each) for each in hindrances(row)]


class ComponentAnswer(serializers.Serializer[Any]):
    """One part of a score."""

    id = serializers.CharField()
    score = serializers.CharField(allow_null=True)
    weight = serializers.CharField(allow_null=True)


class OpenAmountAnswer(serializers.Serializer[Any]):
    """An amount that somebody still has to type, with its limits in yuan."""

    rule = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField(allow_blank=True)
    kind = serializers.ChoiceField(choices=["reward", "penalty"])
    approver = serializers.CharField(help_text="the role that types it")
    least = serializers.CharField()
    most = serializers.CharField(allow_null=True, help_text="null: no upper limit")


class TypedAmountAnswer(serializers.Serializer[Any]):
    """An amount that somebody typed and that stands."""

    rule = serializers.CharField()
    code = serializers.CharField(help_text="its number in the ledger")
    amount = serializers.CharField()
    reason = serializers.CharField()


class ResultAnswer(serializers.Serializer[Any]):
    """The result of one unit without its working-out."""

    sheet = serializers.IntegerField(help_text="id of the score sheet")
    assessment = serializers.IntegerField()
    unit_id = serializers.IntegerField()
    unit = serializers.CharField()
    revision = serializers.IntegerField()
    status = serializers.ChoiceField(choices=["assessed", "not_assessed", "blocked"])
    score = serializers.CharField(allow_null=True)
    grade = serializers.CharField(allow_null=True)
    amount = serializers.CharField(
        allow_null=True, help_text="in yuan; null while a part of it is still to be typed"
    )
    settled_amount = serializers.CharField(
        allow_null=True, help_text="in yuan, without what is still to be typed"
    )
    open_amounts = OpenAmountAnswer(many=True)
    typed_amounts = TypedAmountAnswer(many=True)
    is_booked = serializers.BooleanField(
        help_text="whether the amounts are those of the ledger, with reversals"
    )
    components = ComponentAnswer(many=True)
    unconfirmed = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.DictField())
    notices = Told(many=True)


class SheetAnswer(ResultAnswer):
    """The result of one unit with its working-out, as ``zhijian assess --json`` writes it."""

    pack = serializers.DictField(child=serializers.CharField())
    period = serializers.CharField()
    scheme = serializers.CharField()
    is_current = serializers.BooleanField()
    computed_grade = serializers.CharField(allow_null=True)
    working = serializers.DictField()
    grading = serializers.DictField(allow_null=True)
    outcomes = serializers.ListField(child=serializers.DictField())


class EvidenceAnswer(serializers.Serializer[Any]):
    """A file that came with an objection."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    size = serializers.IntegerField(help_text="bytes")
    media_type = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256")


class ObjectionAnswer(serializers.ModelSerializer[Objection]):
    """An objection, what came with it and what became of it."""

    unit_id = serializers.IntegerField(source="sheet.unit_id")
    unit = serializers.CharField(source="sheet.unit_name")
    assessment = serializers.IntegerField(source="sheet.assessment_id")
    record = serializers.IntegerField(source="record_id")
    state = serializers.ChoiceField(choices=ObjectionState.values)
    effect = serializers.DictField()
    evidence = serializers.SerializerMethodField()

    @extend_schema_field(EvidenceAnswer(many=True))
    def get_evidence(self, row: Objection) -> list[dict[str, Any]]:
        """Return the files that came with the objection."""
        return list(EvidenceAnswer(self.context["evidence"][row.pk], many=True).data)

    class Meta:
        model = Objection
        fields = (
            "id", "assessment", "sheet", "unit_id", "unit", "line", "line_title", "record",
            "record_label", "reason", "evidence", "state", "raised_at", "decided_at",
            "decision_reason", "effect",
        )  # fmt: skip


def objection_answers(rows: Sequence[Objection]) -> list[dict[str, Any]]:
    """Return objections with their evidence, which is looked up for all of them at once."""
    context = {"evidence": queries.evidence_of(rows)}
    return list(ObjectionAnswer(rows, many=True, context=context).data)


def result_answers(rows: Sequence[ScoreSheet], assessment: Assessment) -> list[dict[str, Any]]:
    """Return results without their workings-out, which may not have been read."""
    moneys = money.of_sheets(assessment, rows)
    return [_result_answer(row, assessment, moneys[row.pk]) for row in rows]


def _result_answer(row: ScoreSheet, assessment: Assessment, told_of: Money) -> dict[str, Any]:
    return {
        **_around(row, assessment, told_of),
        "unit": row.unit_name,
        "status": row.status,
        "score": None if row.score is None else plain(Fraction(row.score), LEAST_PLACES),
        "components": row.components,
        "unconfirmed": row.unconfirmed,
        "missing": missing_documents(row.missing, language()),
    }


def sheet_answer(row: ScoreSheet) -> dict[str, Any]:
    """Return a result with everything it rests on."""
    assessment = row.assessment
    version = assessment.pack_version
    return {
        "pack": {"id": version.pack_id, "version": version.version, "digest": version.digest},
        "period": assessment.period,
        "scheme": assessment.scheme,
        "is_current": row.is_current,
        "computed_grade": row.grade or None,
        **result_document(as_stored(row), language()),
        **_around(row, assessment, queries.money_of(row)),
    }


def _around(row: ScoreSheet, assessment: Assessment, told_of: Money) -> dict[str, Any]:
    pack = packs.typed(assessment.pack_version_id)
    return {
        "sheet": row.pk,
        "assessment": assessment.pk,
        "unit_id": row.unit_id,
        "revision": row.revision,
        "grade": row.confirmed_grade or row.grade or None,
        "notices": told(notices(pack, row.unconfirmed), language()),
        "amount": _yuan(told_of.amount),
        "settled_amount": _yuan(told_of.settled),
        "open_amounts": [as_document(each) for each in told_of.awaited],
        "typed_amounts": [
            {"rule": each.rule, "code": each.code, "amount": _yuan(each.amount),
             "reason": each.reason}
            for each in told_of.typed
        ],
        "is_booked": told_of.is_booked,
    }  # fmt: skip


def _yuan(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _refused(refusal: Refusal) -> dict[str, str]:
    return {"code": refusal.code, "where": "", "message": refusal.words(language())}
