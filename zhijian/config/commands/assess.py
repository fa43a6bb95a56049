"""``zhijian assess``: from a filled workbook to explained results, without any database."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhijian.config.languages import LANGUAGES, SAID

if TYPE_CHECKING:
    from zhijian.config.assessing import Answer, Question


def add(subparsers: Any) -> None:
    """Describe the arguments."""
    parser = subparsers.add_parser(
        "assess", help="由填好的工作簿计算考核结果 / results from a filled workbook"
    )
    parser.add_argument("pack", metavar="PACK", help="政策包 / folder or id of the pack")
    parser.add_argument(
        "facts", metavar="FACTS.xlsx", type=Path, help="填好的模板 / filled template"
    )
    parser.add_argument(
        "--period", required=True, help="考核期 / period: 2024-03, 2024Q1, 2024H1, 2024"
    )
    parser.add_argument("--scheme", default="", help="考核方案 / scheme, where a pack has several")
    parser.add_argument(
        "--past",
        metavar="RESULTS.json",
        type=Path,
        action="append",
        default=[],
        help="以前各期结果，可多次给出 / earlier results, may be repeated",
    )
    parser.add_argument("--json", action="store_true", help="供程序读取 / for programs")
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        help="写出 results.json、results.xlsx、report.pdf / write these files there",
    )
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=SAID)


def run(args: argparse.Namespace) -> int:
    """Print results with exit code 0, or problems with 1 or 2 and no results."""
    # Loaded here, because other subcommands do without the readers of workbooks.
    from zhijian.config.assessing import answer
    from zhijian.config.opening import Unusable
    from zhijian.config.results import as_document, lines
    from zhijian.config.telling import FINE, MISUSED, PROBLEMS, as_data, print_json, tell

    try:
        question, scheme = _asked(args)
    except Unusable as refused:
        if args.json:
            print_json({"results": [], "problems": as_data(refused.problems, args.lang)})
        else:
            tell(refused.problems, args.lang)
        return MISUSED if refused.misused else PROBLEMS
    found = answer(question, scheme)
    if args.json:
        print_json(as_document(found, args.lang))
    elif not found.problems:
        print("\n".join(lines(found, args.lang)))
    if not args.json:
        tell((*found.problems, *found.notices), args.lang)
    if found.problems:
        return PROBLEMS
    return _written(args, found) if args.output else FINE


def _asked(args: argparse.Namespace) -> tuple[Question, Any]:
    from zhijian.config.assessing import Question, scheme_of
    from zhijian.config.opening import Unusable, open_file, open_pack, open_period
    from zhijian.config.past import Wanted, read_past
    from zhijian.domain.problems import Problem

    pack, digest = open_pack(args.pack)
    period = open_period(args.period)
    scheme = scheme_of(pack, args.scheme, period)
    if isinstance(scheme, Problem):
        raise Unusable(scheme)
    content = open_file(args.facts)
    past = read_past(args.past, Wanted(pack.header.id, scheme.id, period))
    return Question(pack, digest, period, scheme.id, content, past), scheme


def _written(args: argparse.Namespace, found: Answer) -> int:
    from zhijian.config.results import write_all
    from zhijian.config.telling import FINE, PROBLEMS, tell
    from zhijian.domain.problems import Problem

    try:
        paths = write_all(found, args.output, args.lang)
    except OSError as error:
        tell([Problem.at("-o", "assess.not_written", found=args.output, why=error)], args.lang)
        return PROBLEMS
    for path in paths:
        print(path, file=sys.stderr)
    return FINE
