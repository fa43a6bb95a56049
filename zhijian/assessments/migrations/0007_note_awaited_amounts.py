"""Note on the sheets that are there which amounts their proposals leave open."""

from django.db import migrations


def note(apps, schema_editor):
    sheets = apps.get_model("assessments", "ScoreSheet").objects
    for sheet in sheets.only("pk", "proposals").iterator(chunk_size=200):
        told = [_told(each) for each in sheet.proposals if _is_left_open(each["working"])]
        if told:
            sheets.filter(pk=sheet.pk).update(awaited=told)


def _is_left_open(working):
    return "typed" in working.get("given", {}) and working.get("status", "assessed") == "assessed"


def _told(proposal):
    limits = proposal["working"]["given"]
    return {
        "rule": proposal["rule"],
        "title": proposal["title"],
        "title_en": proposal.get("title_en", ""),
        "kind": proposal["kind"],
        "approver": proposal.get("approver", ""),
        "least": limits["at_least"],
        "most": limits.get("at_most"),
    }


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_awaited_amounts"),
    ]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
