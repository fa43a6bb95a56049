"""Amounts that a regulation leaves to the approver, and who typed them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0003_remedies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("least", models.DecimalField(decimal_places=2, max_digits=16)),
                ("most", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                ("approver", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "金额待填写"),
                            ("typed", "金额已填写"),
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
                        related_name="open_amount",
                        to="outcomes.ledgerentry",
                        verbose_name="奖惩事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "待填金额",
            },
        ),
        migrations.CreateModel(
            name="TypedAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="说明")),
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
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="typed_as",
                        to="outcomes.ledgerentry",
                        verbose_name="奖惩事项",
                    ),
                ),
                (
                    "open_amount",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="typed",
                        to="outcomes.openamount",
                    ),
                ),
            ],
            options={
                "verbose_name": "填写的金额",
                "ordering": ("pk",),
            },
        ),
        migrations.AddIndex(
            model_name="openamount",
            index=models.Index(fields=["state"], name="open_amount_by_state"),
        ),
    ]
