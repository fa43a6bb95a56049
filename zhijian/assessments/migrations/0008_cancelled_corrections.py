"""A correction can be given up: its row stays, corrects nothing, and says what it was to correct."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("assessments", "0007_note_awaited_amounts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="assessment",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "收集数据"),
                    ("computed", "已计算"),
                    ("in_review", "待审定"),
                    ("approved", "已审定"),
                    ("published", "已公布"),
                    ("cancelled", "已取消"),
                ],
                default="open",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="was_to_correct",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cancelled_corrections",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="cancelled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="cancelled_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="cancel_reason",
            field=models.TextField(blank=True, verbose_name="取消理由"),
        ),
    ]
