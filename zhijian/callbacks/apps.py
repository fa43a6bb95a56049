"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CallbacksConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.callbacks"
    label = "callbacks"
    verbose_name = _("回访")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, keep the ledger with every step, stand on the pages of cases."""
        from zhijian.callbacks import services
        from zhijian.callbacks.events import EVENTS
        from zhijian.callbacks.on_case import fill
        from zhijian.cases import beside, followers
        from zhijian.foundation import navigation
        from zhijian.foundation.notifications.events import Event, register

        navigation.register(
            navigation.Entry(
                _("回访"), "callbacks:call_backs", icon="phone", permission="cases.view", order=34
            )
        )
        register(*(Event(code) for code in EVENTS))
        beside.register("callbacks/_of_case.html", fill)
        followers.register(services.follow)
