"""Which amounts of a sheet somebody still has to type, beside the proposals that leave them open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0005_sheet_digest"),
    ]

    operations = [
        migrations.AddField(
            model_name="scoresheet",
            name="awaited",
            field=models.JSONField(default=list),
        ),
    ]
