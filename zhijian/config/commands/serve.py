"""``zhijian serve``: the web server and one worker, started and stopped together."""

from __future__ import annotations

import argparse
import os
from typing import Any


def add(subparsers: Any) -> None:
    """Describe the arguments; without any, ``PORT`` and the defaults below apply."""
    parser = subparsers.add_parser("serve", help="启动网站和后台作业 / serve pages and run jobs")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
    parser.add_argument("--web-processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4, help="of each web process")


def run(args: argparse.Namespace) -> int:
    """Serve until told to stop."""
    from zhijian.config.supervisor import Program, supervise

    return supervise(Program(args.host, args.port, args.web_processes, args.threads))
