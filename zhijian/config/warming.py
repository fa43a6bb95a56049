"""Reads ahead what the first visitor of a web process would otherwise wait for.

The address table is needed for any answer, so it is read before the first; regulations and
templates are read beside the first answers, so that a site that was just started answers soon.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from zhijian.packs import queries as packs

log = logging.getLogger(__name__)


def read_ahead() -> None:
    """Read templates, words and the regulations in force; without a database, say so and go on."""
    for name in _templates():
        get_template(name)
    for code, _title in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("质鉴")
    try:
        _read_packs()
    except DatabaseError as error:
        log.warning("regulations are read by the first visitor: %s", error)


def read_addresses() -> None:
    """Read the address table and every module that answers for an address."""
    reverse(settings.LOGIN_URL)


def read_ahead_meanwhile() -> None:
    """Read ahead beside the answers to whoever comes already."""

    def read() -> None:
        try:
            read_ahead()
        finally:
            # The thread ends, and its connection with it.
            connections.close_all()

    threading.Thread(target=read, name="read-ahead", daemon=True).start()


def _read_packs() -> None:
    packs.calendar()
    for version in packs.published_packs():
        packs.confirmed_pack(version.id)


def _templates() -> list[str]:
    folders = [
        Path(app.path) / "templates"
        for app in apps.get_app_configs()
        if app.name.startswith("zhijian.")
    ]
    return [
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in sorted(folder.rglob("*.html"))
    ]
