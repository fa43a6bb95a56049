"""Let PostgreSQL find cases by any part of their texts instead of by their titles alone.

The pairs of signs of a text are the pieces of ``0003``; a title is a part of its text.
"""

from django.db import migrations

# Without the list of what is still to be sorted in: reading it would slow every search down.
_TEXTS = """
CREATE INDEX case_text_pieces ON cases_casetext USING gin (cases_pieces(text, 2))
WITH (fastupdate = off)
"""
_TITLES = """
CREATE INDEX case_title_pieces ON cases_case USING gin (cases_pieces(title, 1))
WITH (fastupdate = off)
"""


def _run(schema_editor, *statements):
    if schema_editor.connection.vendor == "postgresql":
        for each in statements:
            schema_editor.execute(each)


def make(apps, schema_editor):
    """Make the index over texts; the one over titles serves nothing any more."""
    _run(schema_editor, "DROP INDEX case_title_pieces", _TEXTS)


def remove(apps, schema_editor):
    """Have titles found by themselves again."""
    _run(schema_editor, "DROP INDEX case_text_pieces", _TITLES)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_texts")]
    operations = [migrations.RunPython(make, remove)]
