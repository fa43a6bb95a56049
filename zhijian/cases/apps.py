"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CasesConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.cases"
    label = "cases"
    verbose_name = _("案件")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, look at the clocks every five minutes, and say who reads the evidence."""
        from zhijian.cases import events, queries
        from zhijian.foundation import navigation
        from zhijian.foundation.files.owners import register_owner
        from zhijian.foundation.jobs import periodic
        from zhijian.foundation.notifications import events as notifications

        navigation.register(
            navigation.Entry(
                _("案件"), "cases:cases", icon="briefcase", permission="cases.view", order=35
            )
        )
        periodic.register(name="cases.sweep", task="zhijian.cases.jobs.sweep", at="*/5 * * * *")
        notifications.register(*(notifications.Event(code) for code in events.EVENTS))
        register_owner(queries.EVIDENCE, queries.may_read_evidence)
