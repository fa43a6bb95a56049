"""``zhijian manage …``: Django's own commands and those of the rooms."""

from __future__ import annotations

import argparse
import os
import signal
from typing import Any

from zhijian.config import leash


def add(subparsers: Any) -> None:
    """Describe the arguments: whatever follows goes to Django."""
    parser = subparsers.add_parser(
        "manage", help="Django 管理命令 / Django's own commands", add_help=False, prefix_chars="\0"
    )
    parser.add_argument("rest", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    """Hand over to Django; a command that fails ends the program with its own exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhijian.config.settings.dev")
    leash.follow(lambda: os.kill(os.getpid(), signal.SIGTERM))
    # Loaded here, because every other subcommand does without Django.
    from django.core.management import execute_from_command_line

    execute_from_command_line(["zhijian manage", *args.rest])
    return 0
