"""What programs may ask of this room: filters of lists and contents of requests."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from zhijian.assessments.models import ObjectionState, State
from zhijian.foundation.api.asking import Upload, identifier

_STATUSES = ("assessed", "not_assessed", "blocked")
_MOST_FILES = 10
_RULINGS = ("rejected", "void", "change", "returned")


class AssessmentFilter(serializers.Serializer[Any]):
    """Which assessments are listed."""

    pack = serializers.CharField(required=False, max_length=80, help_text="id of the regulation")
    scheme = serializers.CharField(required=False, max_length=80)
    period = serializers.CharField(required=False, max_length=24, help_text="2024Q1, 2024-03, …")
    state = serializers.ChoiceField(required=False, choices=State.values)
    editions = serializers.ChoiceField(
        required=False,
        choices=("all", "current"),
        help_text="current: one for each period, the edition that counts",
    )


class NewAssessment(serializers.Serializer[Any]):
    """The assessment of a period that is to be opened."""

    pack = serializers.CharField(max_length=80, help_text="id of the regulation")
    scheme = serializers.CharField(max_length=80)
    period = serializers.CharField(max_length=24, help_text="2024Q1, 2024-03, 2024H1, 2024, …")


class Approval(serializers.Serializer[Any]):
    """Why units without a result may be left out; empty when there are none."""

    exceptions_reason = serializers.CharField(
        required=False, default="", allow_blank=True, max_length=2000
    )


class SendBack(serializers.Serializer[Any]):
    """Why the results go back to the working group."""

    reason = serializers.CharField(max_length=2000)


class Reopening(serializers.Serializer[Any]):
    """Why a decided result is corrected."""

    reason = serializers.CharField(max_length=2000)


class Cancellation(serializers.Serializer[Any]):
    """Why a correction is given up."""

    reason = serializers.CharField(max_length=2000)


class ResultFilter(serializers.Serializer[Any]):
    """Which results are listed."""

    unit = identifier(required=False, help_text="id of the unit")
    status = serializers.ChoiceField(required=False, choices=_STATUSES)
    grade = serializers.CharField(required=False, max_length=60)


class ObjectionFilter(serializers.Serializer[Any]):
    """Which objections are listed."""

    unit = identifier(required=False, help_text="id of the unit")
    state = serializers.ChoiceField(required=False, choices=ObjectionState.values)


class NewObjection(serializers.Serializer[Any]):
    """What somebody objects to, and why."""

    line = serializers.CharField(max_length=80, help_text="id of a line of the working-out")
    record = serializers.IntegerField(
        required=False, default=0, min_value=0, max_value=2**63 - 1, help_text="0: the whole line"
    )
    reason = serializers.CharField(max_length=4000)


class NewObjectionWithEvidence(NewObjection):
    """The same as a form, with files that prove it."""

    evidence = serializers.ListField(
        child=Upload(), required=False, default=(), max_length=_MOST_FILES
    )


class Decision(serializers.Serializer[Any]):
    """What the committee decides; ``values`` corrects fields of the record behind the line."""

    decision = serializers.ChoiceField(choices=_RULINGS)
    reason = serializers.CharField(max_length=4000)
    values = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=4000), required=False
    )
