"""Registration of the lowest app: what every room stands on."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FoundationConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.foundation"
    label = "foundation"
    verbose_name = _("基础")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register foundation's own periodic work and what people are told about it."""
        from zhijian.foundation.jobs import lease, periodic
        from zhijian.foundation.notifications import events, queries

        periodic.register(name="tidy", task="zhijian.foundation.jobs.tasks.tidy", at="30 3 * * *")
        periodic.register(
            name="notifications",
            task="zhijian.foundation.jobs.tasks.send_notifications",
            at="* * * * *",
            has_work=queries.has_due,
        )
        events.register(events.Event(lease.FAILED_EVENT))
