"""A measure that moved with a correction was ordered by the first decision of its kind."""

from django.db import migrations
from django.db.models import Min


def fill(apps, schema_editor):
    entries = apps.get_model("outcomes", "LedgerEntry").objects
    remedies = apps.get_model("outcomes", "Remedy").objects
    for remedy in remedies.select_related("entry").defer("entry__working").iterator():
        entry = remedy.entry
        day = entry.effective_on
        if remedy.steps.filter(kind="moved").exists():
            same = entries.filter(
                pack_id=entry.pack_id,
                period=entry.period,
                unit_id=entry.unit_id,
                rule=entry.rule,
                reverses=None,
            )
            day = same.aggregate(first=Min("effective_on"))["first"]
        remedies.filter(pk=remedy.pk).update(ordered_on=day)


class Migration(migrations.Migration):
    dependencies = [
        ("outcomes", "0005_remedy_ordered_on"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
