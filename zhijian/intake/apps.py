"""Registration of the app that keeps the records of each period."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from zhijian.cases.bearing import register_bearings
from zhijian.foundation import navigation
from zhijian.foundation.files.owners import register_owner


class IntakeConfig(AppConfig):
    """Name and label of the app."""

    name = "zhijian.intake"
    label = "intake"
    verbose_name = _("本期记录")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the menu, say who may read the files that belong here, and follow the cases."""
        from zhijian.foundation.jobs import periodic
        from zhijian.intake import given, reading_rights

        navigation.register(
            navigation.Entry(
                _("本期记录"),
                "intake:books",
                icon="clipboard-list",
                permission="records.view",
                order=30,
            )
        )
        periodic.register(
            name="intake.take_cases", task="zhijian.intake.jobs.take_cases", at="2-59/5 * * * *"
        )
        register_bearings("intake", given.bearings_of_case)
        register_owner("intake.record", reading_rights.may_read_evidence)
        register_owner("intake.import", reading_rights.may_read_workbook)
