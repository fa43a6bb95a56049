"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhijian.foundation import navigation
from zhijian.foundation.files.owners import register_owner
from zhijian.foundation.notifications import events


class OutcomesConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.outcomes"
    label = "outcomes"
    verbose_name = _("奖惩")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, let money follow approvals, and say who reads the evidence."""
        from zhijian.assessments import approval, booked
        from zhijian.cases import beside, followers
        from zhijian.foundation.jobs import periodic
        from zhijian.outcomes import queries, services
        from zhijian.outcomes.compensation_page import fill
        from zhijian.outcomes.services import telling

        navigation.register(
            navigation.Entry(
                _("奖惩"), "outcomes:ledger", icon="cash", permission="outcomes.view", order=50
            )
        )
        register_owner("outcomes.budget_item", queries.may_read_evidence)
        register_owner(queries.EVIDENCE_OF_REMEDY, queries.may_read_remedy_evidence)
        register_owner(queries.EVIDENCE_OF_PERSONAL, queries.may_read_personal_evidence)
        approval.register(services.settle, services.hold)
        booked.register(queries.booked)
        followers.register(services.follow)
        beside.register("outcomes/_compensation_of_case.html", fill)
        events.register(*(events.Event(code, for_groups=True) for code in telling.EVENTS))
        events.register(*(events.Event(code) for code in telling.PERSONAL_EVENTS))
        periodic.register(
            name="overdue measures",
            task="zhijian.outcomes.jobs.tell_of_overdue_measures",
            at="30 8 * * *",
        )
