"""What the first visitor needs is read before anybody comes."""

from __future__ import annotations

import importlib
import io
import logging

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from zhijian.config import warming
from zhijian.packs import queries as packs

PACK = "quarterly-service-quality"


@pytest.mark.django_db
def test_a_regulation_in_force_is_not_read_again_for_a_visitor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call_command("load_packs", str(settings.BASE_DIR / "packs" / PACK), stdout=io.StringIO())
    (version,) = packs.published_packs()
    # Loading has read it as well, but in another process than the web server.
    reading = importlib.import_module("zhijian.packs.queries.typed")
    monkeypatch.setattr(reading, "_shelf", reading._Shelf(room=200))

    warming.read_ahead()

    with CaptureQueriesContext(connection) as asked:
        packs.typed(version.id)
    assert [each["sql"] for each in asked.captured_queries if '"files"' in each["sql"]] == []


def test_a_database_that_does_not_answer_is_told_and_does_not_stop_the_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> None:
        raise DatabaseError("no server there")

    monkeypatch.setattr(packs, "published_packs", refuse)

    with caplog.at_level(logging.WARNING):
        warming.read_ahead()

    assert "no server there" in caplog.text
