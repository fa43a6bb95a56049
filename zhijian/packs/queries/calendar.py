"""The working calendar that deadlines are counted with."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from zhijian.domain.dates.calendar import WorkingCalendar
from zhijian.packs.calendars import load_calendar
from zhijian.packs.files import digest

_NAME = "calendar-cn"


def packs_folder() -> Path:
    """Return the folder with the regulations that come with the program."""
    return Path(settings.BASE_DIR) / "packs"


def calendar() -> WorkingCalendar:
    """Return the working calendar; a year that is added to its folder counts at once."""
    folder = packs_folder() / _NAME
    return _loaded(folder, digest(folder))


@lru_cache(maxsize=4)
def _loaded(folder: Path, digest: str) -> WorkingCalendar:
    return load_calendar(folder)
