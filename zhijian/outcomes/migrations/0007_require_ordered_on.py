"""Every measure has the day on which it was ordered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0006_fill_ordered_on"),
    ]

    operations = [
        migrations.AlterField(
            model_name="remedy",
            name="ordered_on",
            field=models.DateField(verbose_name="提出日期"),
        ),
    ]
