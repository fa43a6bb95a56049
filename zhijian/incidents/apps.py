"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IncidentsConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.incidents"
    label = "incidents"
    verbose_name = _("事件事故")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, keep the registers with every step, stand on the pages of cases."""
        from zhijian.cases import beside, followers
        from zhijian.foundation import navigation
        from zhijian.foundation.jobs import periodic
        from zhijian.foundation.notifications import events as notifications
        from zhijian.incidents import events, services
        from zhijian.incidents.on_case import fill

        navigation.register(
            navigation.Entry(
                _("事件与隐患"), "incidents:register", icon="alert-triangle",
                permission="cases.view", order=34,
            )
        )  # fmt: skip
        followers.register(services.follow)
        beside.register("incidents/_of_case.html", fill)
        notifications.register(
            notifications.Event(events.BULLETIN, for_groups=True),
            notifications.Event(events.HINT),
        )
        periodic.register(
            name="incidents.keep_owners", task="zhijian.incidents.jobs.keep_owners", at="20 * * * *"
        )
