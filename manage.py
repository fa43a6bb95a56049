#!/usr/bin/env python
"""Django's commands with our settings; the same as ``zhijian manage``."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijian.config.settings.dev")
    execute_from_command_line(sys.argv)
