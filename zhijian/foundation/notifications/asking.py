"""By which address a page asks by itself for what is new."""

from __future__ import annotations

#: How that address ends; it neither keeps a session alive nor ends one.
BELL = "/bell"
