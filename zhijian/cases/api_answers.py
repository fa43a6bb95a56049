"""What programs are told about cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rest_framework import serializers

from zhijian.cases.documents import written_facts
from zhijian.cases.models import Case, CaseComment, CaseEvidence
from zhijian.cases.showing.page import CaseView, view_of
from zhijian.domain.casework.fact import FactValue


class CaseLineAnswer(serializers.Serializer[Any]):
    """A case as lists tell it. ``seq`` is sent back with the next step."""

    id = serializers.IntegerField()
    number = serializers.CharField()
    pack = serializers.CharField()
    kind = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.IntegerField()
    state = serializers.CharField()
    ends = serializers.CharField(allow_blank=True)
    level = serializers.CharField(allow_blank=True)
    owner = serializers.IntegerField(allow_null=True)
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)
    seq = serializers.IntegerField()


class EventAnswer(serializers.Serializer[Any]):
    """Something that happened."""

    seq = serializers.IntegerField()
    title = serializers.CharField()
    at = serializers.DateTimeField()
    who = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    hash = serializers.CharField()


class ClockAnswer(serializers.Serializer[Any]):
    """A clock, with the account day by day in words."""

    title = serializers.CharField()
    state = serializers.CharField()
    due_at = serializers.DateTimeField(allow_null=True, source="due")
    strip = serializers.SerializerMethodField()

    def get_strip(self, clock: Any) -> list[str]:
        """Return the lines of the account."""
        return [row.text for row in clock.strip]


class OpenStepAnswer(serializers.Serializer[Any]):
    """A step that the caller may take now, with the facts that it needs and may take."""

    step = serializers.CharField()
    needs = serializers.ListField(child=serializers.CharField())
    may = serializers.ListField(child=serializers.CharField())
    reason = serializers.BooleanField()


class CaseAnswer(CaseLineAnswer):
    """A case with everything that happened in it. Personal facts are left out."""

    is_confidential = serializers.BooleanField()
    is_anonymous = serializers.BooleanField()
    merged_into = serializers.IntegerField(allow_null=True)
    facts = serializers.DictField(child=serializers.JSONField())
    events = EventAnswer(many=True)
    clocks = ClockAnswer(many=True)
    open_steps = OpenStepAnswer(many=True)


class CommentAnswer(serializers.ModelSerializer[CaseComment]):
    """Something said about a case."""

    class Meta:
        model = CaseComment
        fields = ("id", "text", "by", "at")


class CaseEvidenceAnswer(serializers.ModelSerializer[CaseEvidence]):
    """A file that shows something, by its digest."""

    class Meta:
        model = CaseEvidence
        fields = ("id", "digest", "fact", "title", "by", "at")


def lines(rows: Sequence[Case]) -> list[dict[str, Any]]:
    """Return cases as lines of a list."""
    return [line(row) for row in rows]


def line(row: Case) -> dict[str, Any]:
    """Return a case as a line of a list."""
    return {
        "id": row.pk,
        "number": row.number,
        "pack": row.pack_id,
        "kind": row.kind,
        "title": row.title,
        "unit": row.unit_id,
        "state": row.state,
        "ends": row.ends,
        "level": row.level,
        "owner": row.owner_id,
        "opened_at": row.opened_at,
        "due_at": row.due_at,
        "seq": row.seq,
    }


def detail(case: Case, user: Any, at: datetime) -> dict[str, Any]:
    """Return a case with its events, clocks and open steps."""
    view = view_of(case, user, at)
    return {
        **line(case),
        "is_confidential": case.is_confidential,
        "is_anonymous": case.is_anonymous,
        "merged_into": case.merged_into_id,
        "facts": written_facts(_impersonal(view)),
        "events": view.events,
        "clocks": view.clocks,
        "open_steps": [
            {
                "step": each.id,
                "needs": list(each.needs),
                "may": list(each.may),
                "reason": each.reason,
            }
            for each in view.open
        ],
    }


def _impersonal(view: CaseView) -> Mapping[str, FactValue]:
    facts = view.standing.course.facts
    return {name: each for name, each in facts.items() if not view.kind.facts[name].field.personal}
