"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.complaints"
    label = "complaints"
    verbose_name = _("投诉")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, and read again every five minutes what happened in the cases."""
        from zhijian.foundation import navigation
        from zhijian.foundation.jobs import periodic

        navigation.register(
            navigation.Entry(
                _("投诉"), "complaints:queue", icon="headset", permission="cases.view", order=33
            )
        )
        periodic.register(
            name="complaints.catch_up", task="zhijian.complaints.jobs.catch_up", at="*/5 * * * *"
        )
        periodic.register(
            name="complaints.catch_up_with_all",
            task="zhijian.complaints.jobs.catch_up_with_all",
            at="40 3 * * *",
        )
