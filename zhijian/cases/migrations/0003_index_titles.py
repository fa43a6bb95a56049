"""Let PostgreSQL find titles by any part of them, without an extension.

Chinese has no spaces between words, so that the text search of the engine sees a title as one word. A
title is therefore cut into its signs and its pairs of signs, and the index is over these. SQLite
has nothing that compares; it reads the titles one after another.
"""

from django.db import migrations

_PIECES = """
CREATE FUNCTION cases_pieces(title text, shortest integer) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100 AS $$
DECLARE
    told text := upper(title);
    pieces text[] := CASE WHEN shortest = 1 THEN string_to_array(told, NULL) ELSE '{}' END;
BEGIN
    FOR place IN 1 .. length(told) - 1 LOOP
        pieces := pieces || substr(told, place, 2);
    END LOOP;
    RETURN pieces;
END $$
"""
# Without the list of what is still to be sorted in: reading it would slow every search down.
_INDEX = """
CREATE INDEX case_title_pieces ON cases_case USING gin (cases_pieces(title, 1))
WITH (fastupdate = off)
"""


def make(apps, schema_editor):
    """Make function and index where they serve."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_PIECES)
        schema_editor.execute(_INDEX)


def remove(apps, schema_editor):
    """Remove them again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX case_title_pieces")
        schema_editor.execute("DROP FUNCTION cases_pieces(text, integer)")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_guard_cases")]
    operations = [migrations.RunPython(make, remove)]
