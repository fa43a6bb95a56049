"""The command ``zhijian``: one module of ``zhijian.config.commands`` for each subcommand.

A module offers ``add(subparsers)``, which describes its arguments, and ``run(args)``, which does
the work and returns the exit code: 0 fine, 1 problems found, 2 misuse. ``add`` is called on every
start of the program, so modules import what is slow inside the rooms they call, and only ``manage``
and ``serve`` know Django.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType

from zhijian.config import commands
from zhijian.config.languages import LANGUAGES, SAID

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command named on the command line and return its exit code."""
    parser, modules = _parser()
    args = parser.parse_args(arguments)
    try:
        code: int = modules[args.command].run(args)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader, `head` say, has seen enough; nothing is left to flush to it.
        sys.stderr.close()
        return 0
    return code


def _parser() -> tuple[argparse.ArgumentParser, dict[str, ModuleType]]:
    parser = argparse.ArgumentParser(
        prog="zhijian", description="质鉴：服务质量考核 / service-quality assessment"
    )
    # A command has the same option without a default, so that either place counts.
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help=SAID)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    modules = {}
    for found in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        module.add(subparsers)
        modules[found.name] = module
    return parser, modules


if __name__ == "__main__":
    sys.exit(main())
