"""Registration of the app; tells accounts which units lie below which."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.organizations"
    label = "organizations"
    verbose_name = _("单位")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Install the answer to "which units does a grant, or a group robot, reach?"."""
        from zhijian.accounts import first_pages
        from zhijian.foundation import navigation, reach
        from zhijian.foundation.navigation import Entry
        from zhijian.organizations import contacts, queries

        first_pages.register(contacts.page_to_complete)
        reach.install(expand=queries.at_or_below, choices=queries.choices)
        navigation.register(
            Entry(
                _("组织机构"),
                "organizations:units",
                "hierarchy",
                "organizations.view",
                80,
                _("系统管理"),
            )
        )
