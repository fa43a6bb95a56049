"""Remedial measures: the orders of the ledger are followed up, also those booked before."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


def follow_up(apps, schema_editor):
    """Begin a measure for every order in force."""
    entries = apps.get_model("outcomes", "LedgerEntry").objects.filter(
        Q(kind="measure") | Q(due_on__isnull=False), reverses=None, reversed_by=None
    )
    remedies = apps.get_model("outcomes", "Remedy").objects
    keys = entries.order_by("pk").values_list("pk", flat=True)
    remedies.bulk_create([remedies.model(entry_id=key) for key in keys], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("outcomes", "0002_guard_ledger"),
    ]

    operations = [
        migrations.CreateModel(
            name="Remedy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "整改中"),
                            ("done", "待验证"),
                            ("verified", "已验证"),
                            ("lifted", "不再要求"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedy",
                        to="outcomes.ledgerentry",
                        verbose_name="奖惩事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改措施",
                "indexes": [models.Index(fields=["state"], name="remedy_by_state")],
            },
        ),
        migrations.CreateModel(
            name="RemedyStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("done", "报告完成"),
                            ("returned", "退回重做"),
                            ("verified", "验证完成"),
                            ("moved", "随更正转入新决定"),
                            ("lifted", "随冲销撤销"),
                        ],
                        max_length=10,
                    ),
                ),
                ("on", models.DateField(null=True, verbose_name="完成日期")),
                ("text", models.TextField(blank=True, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "remedy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="outcomes.remedy",
                    ),
                ),
            ],
            options={
                "verbose_name": "整改经过",
                "ordering": ("pk",),
            },
        ),
        migrations.RunPython(follow_up, migrations.RunPython.noop),
    ]
