"""Registration of the app and its line in the menu."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PacksConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.packs"
    label = "packs"
    verbose_name = _("政策包")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the page of the regulations in the menu."""
        from zhijian.foundation import navigation

        navigation.register(
            navigation.Entry(
                _("政策包"), "packs:packs", icon="book-2", permission="packs.view", order=70
            )
        )
