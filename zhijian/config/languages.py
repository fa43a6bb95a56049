"""The languages in which the command line answers."""

from __future__ import annotations

LANGUAGES = ("zh", "en")
SAID = "语言 / language"
