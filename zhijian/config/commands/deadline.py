"""``zhijian deadline``: when a duty falls due under a limit of a pack, and why, day by day."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from zhijian.config.languages import LANGUAGES, SAID

if TYPE_CHECKING:
    from datetime import datetime

    from zhijian.domain.deadlines.alarms import ReminderAt
    from zhijian.domain.deadlines.line import StripLine
    from zhijian.domain.problems import Problem
    from zhijian.packs.deadlines import Answer

PROBLEMS, MISUSED = 1, 2


def add(subparsers: Any) -> None:
    """Describe the arguments."""
    parser = subparsers.add_parser(
        "deadline", help="到期时刻与逐日说明 / when a duty falls due, day by day"
    )
    parser.add_argument(
        "pack", metavar="PACK", help="政策包的文件夹或名称 / folder or id of the pack"
    )
    parser.add_argument("limit", metavar="LIMIT", help="时限的名称 / id of the limit")
    parser.add_argument(
        "--from",
        dest="start",
        metavar="START",
        required=True,
        help="起算时间(北京时间)/ the start, Beijing time: 2026-02-13, 2026-02-13T09:00",
    )
    parser.add_argument(
        "--calendar",
        metavar="FOLDER",
        default="calendar-cn",
        help="工作日历 / working calendar (calendar-cn)",
    )
    parser.add_argument(
        "--at", metavar="MOMENT", default="", help="读取计时的时刻 / read the clock at this moment"
    )
    parser.add_argument(
        "--events",
        metavar="FILE.yaml",
        default="",
        help="暂停、延长、办结等事件 / what happened: pauses, extensions, completion",
    )
    parser.add_argument("--json", action="store_true", help="供程序读取 / for programs")
    parser.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=SAID)


def run(args: argparse.Namespace) -> int:
    """Print the deadline, or what stands in its way."""
    # Loaded here, because every other subcommand does without it.
    from zhijian.packs.deadlines import MISUSE, Question, Unanswered, answer

    question = Question(args.pack, args.limit, args.start, args.calendar, args.at, args.events)
    try:
        found = answer(question)
    except Unanswered as refused:
        _print_problems(refused.problems, args)
        return MISUSED if any(each.code in MISUSE for each in refused.problems) else PROBLEMS
    if args.json:
        _print_json(_as_data(found, args.lang))
    else:
        print("\n".join(_lines(found, args.lang)))
    return 0


def _lines(found: Answer, language: str) -> Iterator[str]:
    """Yield the answer as text: what, from when, until when, line by line, and what follows."""
    from zhijian.domain.dates.titles import weekday_title
    from zhijian.domain.deadlines.account import account
    from zhijian.domain.deadlines.verdict import verdict
    from zhijian.domain.deadlines.verdict_wording import verdict_lines
    from zhijian.domain.deadlines.wording import strip_line
    from zhijian.domain.regulation.roles import ROLES
    from zhijian.domain.words import Words

    limit = found.due.limit
    start = found.start.replace("T", " ").partition("+")[0]
    names = _NAMES[language]
    provisional = names["provisional"] if found.provisional else ""
    yield f"{limit.title.to(language)} [{limit.cites}]"
    yield f"{names['from']}{start}"
    yield f"{names['due']}{_shown(found.at)} ({weekday_title(found.at, language)}){provisional}"
    yield f"{names['calendar']}{found.calendar.id} {found.calendar.digest[:12]}"
    lines = account(found.clock) or tuple((each, limit) for each in found.due.strip)
    yield from (f"  {strip_line(each, counted, language)}" for each, counted in lines)
    yield from (f"{names['reminder']}{_shown(each.at)}" for each in found.reminders)
    for rung in found.ladder:
        role = ROLES.get(rung.rule.to, Words(rung.rule.to))
        yield f"{names['level'].format(rung.level)}{_shown(rung.at)} → {role.to(language)}"
    if found.was_read:
        yield from verdict_lines(verdict(found.clock), language)
    yield from (f"{names['remark']}{_said(each, language)}" for each in found.remarks)


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


_NAMES = {
    "zh": {
        "from": "起算：",
        "due": "到期：",
        "provisional": " 暂定",
        "calendar": "日历：",
        "reminder": "提醒：",
        "level": "升级第 {} 级：",
        "remark": "提示：",
    },
    "en": {
        "from": "from: ",
        "due": "due: ",
        "provisional": " provisional",
        "calendar": "calendar: ",
        "reminder": "reminder: ",
        "level": "escalation, level {}: ",
        "remark": "note: ",
    },
}


def _as_data(found: Answer, language: str) -> dict[str, object]:
    from zhijian.domain.deadlines.account import account
    from zhijian.domain.deadlines.verdict import to_data, verdict

    lines = [line for line, _ in account(found.clock)] or found.due.strip
    return {
        "limit": found.due.limit.id,
        "from": found.start,
        "due": found.at.isoformat(),
        "provisional": found.provisional,
        "calendar": {"id": found.calendar.id, "digest": found.calendar.digest},
        "strip": [_line_as_data(each, language) for each in lines],
        "reminders": [_reminder_as_data(each) for each in found.reminders],
        "escalation": [
            {"level": each.level, "at": each.at.isoformat(), "to": each.rule.to}
            for each in found.ladder
        ],
        **({"clock": to_data(verdict(found.clock))} if found.was_read else {}),
        "warnings": _problems_as_data(found.remarks, language),
    }


def _line_as_data(line: StripLine, language: str) -> dict[str, object]:
    """Return a line of the strip; parts of a day say from when to when, and a pause says why."""
    data: dict[str, object] = {
        "day": line.day.isoformat(),
        "counted": line.counted,
        "why": line.code,
        "number": line.number,
    }
    if line.since:
        data["since"] = line.since.isoformat()
    if line.until:
        data["until"] = line.until.isoformat()
    if line.note:
        data["pause"] = line.note.to(language)
    return data


def _reminder_as_data(each: ReminderAt) -> dict[str, str]:
    from zhijian.domain.exact import plain

    share = each.rule.share
    return {"at": each.at.isoformat()} | ({"share": plain(share)} if share else {})


def _problems_as_data(problems: tuple[Problem, ...], language: str) -> list[dict[str, str]]:
    return [
        {"code": each.code, "where": each.where, "message": _said(each, language)}
        for each in problems
    ]


def _print_problems(problems: tuple[Problem, ...], args: argparse.Namespace) -> None:
    if args.json:
        _print_json({"problems": _problems_as_data(problems, args.lang)})
        return
    for each in problems:
        print(f"{each.where}: {each.code}: {_said(each, args.lang)}", file=sys.stderr)


def _said(problem: Problem, language: str) -> str:
    from zhijian.foundation.wording import say

    return say(problem.code, dict(problem.facts), language)


def _print_json(data: dict[str, object]) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=2))
