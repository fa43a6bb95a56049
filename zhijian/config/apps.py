"""The outermost room as an application: it brings the commands that need everything."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Register the room."""

    name = "zhijian.config"
    label = "config"
