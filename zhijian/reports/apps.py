"""Registration of the app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhijian.foundation import navigation
from zhijian.foundation.files.owners import register_owner
from zhijian.reports.owners import PDF, PROOF


class ReportsConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.reports"
    label = "reports"
    verbose_name = _("报告")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, follow corrections, and say who reads the files that belong here."""
        from zhijian.assessments import approval
        from zhijian.reports import queries, services

        navigation.register(
            navigation.Entry(
                _("报告"), "reports:list", icon="report-analytics", permission="reports.view",
                order=60,
            )
        )  # fmt: skip
        register_owner(PDF, queries.may_read_pdf)
        register_owner(PROOF, queries.may_read_proof)
        approval.register(services.follow_correction, services.hold)
        approval.register_cancelled(services.follow_cancellation)
