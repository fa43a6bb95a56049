"""Editions: a correction is the next edition of the same period; one of them stands."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("packs", "0002_guard_published"),
        ("assessments", "0003_documents"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="assessment",
            name="assessment_once_per_period",
        ),
        migrations.AddField(
            model_name="assessment",
            name="edition",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="版次"),
        ),
        migrations.AddField(
            model_name="assessment",
            name="is_current",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="corrects",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="correction",
                to="assessments.assessment",
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="correction_reason",
            field=models.TextField(blank=True, verbose_name="更正理由"),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                fields=("pack_id", "scheme", "period", "edition"), name="assessment_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("pack_id", "scheme", "period"),
                name="assessment_one_current",
            ),
        ),
    ]
