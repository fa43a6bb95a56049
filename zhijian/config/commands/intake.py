"""``zhijian intake check``: problems of a filled workbook, and the workbook itself marked."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhijian.config.languages import LANGUAGES, SAID

if TYPE_CHECKING:
    from zhijian.intake.workbooks.reading import Workbook


def add(subparsers: Any) -> None:
    """Describe the arguments."""
    parser = subparsers.add_parser("intake", help="检查填报的工作簿 / check filled workbooks")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="逐格检查 / check every cell")
    check.add_argument(
        "layout", metavar="LAYOUT", help="政策包，或 政策包/记录种类 / pack, or pack/kind"
    )
    check.add_argument("file", metavar="FILE", type=Path, help="填好的工作簿 / filled workbook")
    check.add_argument("-o", "--output", metavar="MARKED.xlsx", type=Path, help="标出问题的工作簿")
    check.add_argument("--period", default="", help="考核期 / period; default: the template's own")
    check.add_argument("--json", action="store_true", help="供程序读取 / for programs")
    check.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=SAID)


def run(args: argparse.Namespace) -> int:
    """Print what is wrong; 0 nothing, 1 problems, 2 misuse."""
    from zhijian.config.opening import Unusable, open_file
    from zhijian.config.telling import FINE, MISUSED, PROBLEMS, as_data, print_json, tell

    try:
        content = open_file(args.file)
        workbook = _read(args, content)
    except Unusable as refused:
        if args.json:
            print_json({"problems": as_data(refused.problems, args.lang)})
        else:
            tell(refused.problems, args.lang)
        return MISUSED if refused.misused else PROBLEMS
    if args.json:
        print_json(
            {
                "records": {name: len(table) for name, table in workbook.tables.items()},
                "units": [unit.id for unit in workbook.units],
                "problems": as_data(workbook.problems, args.lang),
                "notices": as_data(workbook.notices, args.lang),
            }
        )
    else:
        tell((*workbook.problems, *workbook.notices), args.lang)
        print(_summary(workbook, args.lang))
    written = _mark(args, content, workbook) if args.output else FINE
    return PROBLEMS if workbook.problems else written


def _read(args: argparse.Namespace, content: bytes) -> Workbook:
    from zhijian.config.opening import Unusable, open_pack, open_period
    from zhijian.domain.problems import Problem
    from zhijian.intake.workbooks.layout import Layout
    from zhijian.intake.workbooks.reading import Asked, own_period, read_workbook

    name, kind = _layout(args.layout)
    pack, digest = open_pack(name)
    if kind and kind not in pack.kinds:
        known = ", ".join(pack.kinds)
        raise Unusable(Problem.at(args.layout, "workbook.unknown_kind", found=kind, known=known))
    period = open_period(args.period) if args.period else own_period(content)
    layout = Layout.of(pack, (kind,) if kind else ())
    return read_workbook(content, layout, Asked(period, only_some=bool(kind)), digest)


def _layout(text: str) -> tuple[str, str]:
    """Split ``pack/kind``; a path of a folder is a pack as it stands."""
    if Path(text).is_dir():
        return text, ""
    name, _, kind = text.rpartition("/")
    return (name, kind) if name else (text, "")


def _summary(workbook: Workbook, language: str) -> str:
    problems, records = len(workbook.problems), workbook.count
    if language == "en":
        return f"{problems} problems; {records} records are in order"
    return f"{problems} 处问题；{records} 条记录无误"


def _mark(args: argparse.Namespace, content: bytes, workbook: Workbook) -> int:
    from zhijian.config.telling import FINE, PROBLEMS, said, tell
    from zhijian.domain.problems import Problem
    from zhijian.intake.workbooks.marking import mark
    from zhijian.intake.workbooks.package import Refused

    try:
        marked = mark(content, workbook.problems, lambda each: said(each, args.lang))
        args.output.write_bytes(marked)
    except Refused as refused:
        # Its problems have been told already: a file that cannot be read cannot be marked.
        return PROBLEMS if refused.problems else FINE
    except OSError as error:
        tell([Problem.at("-o", "assess.not_written", found=args.output, why=error)], args.lang)
        return PROBLEMS
    print(args.output, file=sys.stderr)
    return FINE
