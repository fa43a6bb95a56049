"""How the status of a result is called."""

from __future__ import annotations

from django.utils.translation import gettext as _


def status_words(status: str) -> str:
    """Return the word for a status."""
    return {
        "assessed": _("已评定"),
        "blocked": _("数据不全"),
        "not_assessed": _("未评定"),
    }.get(status, status)
