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
        """Enter the menu, and keep the register in the transaction of every step."""
        from zhijian.cases import followers
        from zhijian.complaints import services
        from zhijian.foundation import navigation

        navigation.register(
            navigation.Entry(
                _("投诉"), "complaints:queue", icon="headset", permission="cases.view", order=33
            )
        )
        followers.register(services.follow)
