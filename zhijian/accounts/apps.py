"""Registration of the app; tells foundation who answers "may this person do this?"."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.accounts"
    label = "accounts"
    verbose_name = _("人员与权限")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Install the answers that rooms below ask for."""
        from zhijian.accounts import queries
        from zhijian.foundation import gate, navigation
        from zhijian.foundation.navigation import Entry

        gate.install(queries.may)
        section = _("系统管理")
        for entry in (
            Entry(_("人员"), "accounts:people", "users", "accounts.view", 90, section),
            Entry(_("审计日志"), "accounts:audit", "list-details", "audit.view", 91, section),
            Entry(_("后台任务"), "foundation:jobs", "loader", "jobs.view", 92, section),
            Entry(
                _("群机器人"),
                "foundation:robots",
                "speakerphone",
                "notifications.manage",
                93,
                section,
            ),
        ):
            navigation.register(entry)
