"""Registration of the app and its lines in the menu."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhijian.foundation import navigation


class DeskConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.desk"
    label = "desk"
    verbose_name = _("工作台")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu."""
        navigation.register(navigation.Entry(_("我的工作台"), "desk:home", icon="home", order=10))
        navigation.register(
            navigation.Entry(
                _("总览"),
                "desk:overview",
                icon="layout-dashboard",
                permission="desk.overview",
                order=20,
            )
        )
