"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhijian.cases.bearing import register_bearings
from zhijian.foundation import navigation
from zhijian.foundation.files.owners import register_owner
from zhijian.foundation.notifications import events
from zhijian.intake.uses import register_uses


class AssessmentsConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.assessments"
    label = "assessments"
    verbose_name = _("考核")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, say who may read the files that belong here and what people are told."""
        from zhijian.assessments import costing, queries, resting
        from zhijian.assessments.services import telling

        navigation.register(
            navigation.Entry(
                _("考核"), "assessments:list", icon="scale", permission="assessments.view", order=40
            )
        )
        navigation.register(
            navigation.Entry(
                _("试算"), "assessments:trials", icon="calculator", permission="trial.run", order=45
            )
        )
        events.register(*(events.Event(code, for_groups=True) for code in telling.EVENTS))
        register_uses("assessments", resting.uses_of_record)
        register_bearings("assessments", costing.bearings_of_case)
        register_owner(queries.EVIDENCE, queries.may_read_evidence)
        register_owner("assessments.snapshot", queries.may_read_snapshot)
