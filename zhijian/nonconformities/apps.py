"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NonconformitiesConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.nonconformities"
    label = "nonconformities"
    verbose_name = _("不合格")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, follow the steps of cases, stand on their pages, look at counts."""
        from zhijian.cases import beside, followers
        from zhijian.foundation import navigation
        from zhijian.foundation.files.owners import register_owner
        from zhijian.foundation.jobs import periodic
        from zhijian.foundation.notifications import events
        from zhijian.nonconformities import queries, services
        from zhijian.nonconformities.on_case import fill

        navigation.register(
            navigation.Entry(
                _("不合格"), "nonconformities:register", icon="alert-triangle",
                permission="cases.view", order=34,
            )
        )  # fmt: skip
        events.register(*(events.Event(code) for code in services.EVENTS))
        periodic.register(
            name="nonconformities.sweep",
            task="zhijian.nonconformities.jobs.sweep",
            at="15 * * * *",
        )
        register_owner(queries.LESSON, queries.may_read_photo)
        followers.register(services.follow)
        followers.register(services.check_action)
        beside.register("nonconformities/_of_case.html", fill)
