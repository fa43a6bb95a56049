"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PapersConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.papers"
    label = "papers"
    verbose_name = _("单据")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, follow the steps of cases, stand on their pages, say who reads files."""
        from zhijian.cases import beside, followers
        from zhijian.foundation import navigation
        from zhijian.foundation.files.owners import register_owner
        from zhijian.foundation.notifications import events
        from zhijian.papers import owners, queries, services
        from zhijian.papers.on_case import fill

        navigation.register(
            navigation.Entry(
                _("单据"), "papers:papers", icon="file-text", permission="papers.view", order=37
            )
        )
        events.register(*(events.Event(code) for code in owners.EVENTS))
        register_owner(owners.PDF, queries.may_read_pdf)
        followers.register(services.follow)
        beside.register("papers/_of_case.html", fill)
