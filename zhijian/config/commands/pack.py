"""``zhijian pack check|show|template``: regulations as packs, on the command line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from zhijian.config.languages import LANGUAGES, SAID


def add(subparsers: Any) -> None:
    """Describe the arguments of the three actions."""
    parser = subparsers.add_parser("pack", help="政策包：检查、打印、模板 / check, print, template")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser(
        "check", help="严格读取并核对全部示例 / strict reading, all examples"
    )
    check.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        help="政策包的文件夹或名称，默认全部 / default: all packs",
    )
    check.add_argument("--json", action="store_true", help="供程序读取 / for programs")
    show = actions.add_parser("show", help="可读的制度全文 / the regulation as a document")
    show.add_argument(
        "pack", metavar="PACK", help="政策包的文件夹或名称 / folder or id of the pack"
    )
    template = actions.add_parser("template", help="填报工作簿 / the workbook that collects facts")
    template.add_argument(
        "pack", metavar="PACK", help="政策包的文件夹或名称 / folder or id of the pack"
    )
    template.add_argument(
        "-o", "--output", metavar="FILE.xlsx", type=Path, required=True, help="写到 / write to"
    )
    template.add_argument("--period", default="", help="考核期 / period: 2024Q1")
    for each in (check, show, template):
        each.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=SAID)


def run(args: argparse.Namespace) -> int:
    """Run one action; 0 fine, 1 problems found, 2 misuse."""
    from zhijian.config.opening import Unusable
    from zhijian.config.telling import MISUSED, PROBLEMS, tell

    try:
        return _ACTIONS[args.action](args)
    except Unusable as refused:
        tell(refused.problems, args.lang)
        return MISUSED if refused.misused else PROBLEMS


def _check(args: argparse.Namespace) -> int:
    from zhijian.config.checking import check_packs, lines
    from zhijian.config.telling import FINE, PROBLEMS, print_json

    checked = check_packs(args.paths)
    if args.json:
        print_json([each.as_data(args.lang) for each in checked])
    else:
        for line in lines(checked, args.lang):
            print(line)
    return FINE if all(each.is_green for each in checked) else PROBLEMS


def _show(args: argparse.Namespace) -> int:
    from zhijian.config.opening import open_pack
    from zhijian.packs.printing.regulation import regulation

    pack, digest = open_pack(args.pack)
    print(regulation(pack, digest, args.lang))
    return 0


def _template(args: argparse.Namespace) -> int:
    from zhijian.config.assessing import period_problems
    from zhijian.config.opening import Unusable, open_pack, open_period
    from zhijian.domain.problems import Problem
    from zhijian.intake.workbooks.template import write_template

    pack, digest = open_pack(args.pack)
    period = open_period(args.period) if args.period else None
    hindrances = period_problems(pack, period) if period else ()
    if hindrances:
        raise Unusable(*hindrances, misused=False)
    try:
        args.output.write_bytes(write_template(pack, digest, period))
    except OSError as error:
        problem = Problem.at("-o", "assess.not_written", found=args.output, why=error)
        raise Unusable(problem) from error
    print(args.output, file=sys.stderr)
    return 0


_ACTIONS = {"check": _check, "show": _show, "template": _template}
