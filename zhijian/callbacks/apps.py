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
        """Keep the ledger in the transaction of every step."""
        from zhijian.callbacks import services
        from zhijian.cases import followers

        followers.register(services.follow)
