"""The clocks of a case in words: state, due moment, and the account day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from zhijian.cases.models import Case
from zhijian.cases.services.timing import read_clocks
from zhijian.cases.to_domain import Standing
from zhijian.domain.deadlines.account import account
from zhijian.domain.deadlines.alarms import is_soon
from zhijian.domain.deadlines.clock import Clock
from zhijian.domain.deadlines.verdict import Verdict, from_data, verdict
from zhijian.domain.deadlines.verdict_wording import verdict_lines
from zhijian.domain.deadlines.wording import strip_line
from zhijian.foundation.language import language
from zhijian.foundation.wording import say


@dataclass(frozen=True, slots=True)
class StripRow:
    """A line of the account; ``counted`` tells whether the day or span counts."""

    text: str
    counted: bool


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock: what it times, how it stands, and why."""

    title: str
    state: str
    word: str
    look: str
    due: datetime | None
    sentences: tuple[str, ...]
    strip: tuple[StripRow, ...]
    remarks: tuple[str, ...]
    cites: str
    percent: int


_LOOKS = {"met": "good", "overdue": "bad", "soon": "warn", "paused": "note", "running": "note"}


def _words() -> dict[str, str]:
    return {
        "not_started": _("尚未起算"),
        "running": _("计时中"),
        "soon": _("即将到期"),
        "paused": _("暂停中"),
        "met": _("按时办结"),
        "overdue": _("已逾期"),
        "stopped": _("已终止"),
    }


def clock_lines(standing: Standing, case: Case, at: datetime) -> tuple[ClockLine, ...]:
    """Return the clocks that were started; one that has ended is told by the verdict it got."""
    kept = {row.clock: row.verdict for row in case.clocks.all() if row.verdict}
    return tuple(
        _line(standing, name, clock, from_data(kept[name]) if name in kept else verdict(clock))
        for name, clock in read_clocks(standing, timezone.localtime(at)).items()
    )


def _line(standing: Standing, name: str, clock: Clock, given: Verdict) -> ClockLine:
    lang, rule = language(), standing.kind.clocks[name]
    state = "soon" if is_soon(clock) else given.state
    problems = (*clock.warnings, *clock.remarks)
    return ClockLine(
        rule.title.to(lang),
        state,
        _words()[state],
        _LOOKS.get(state, ""),
        given.due,
        tuple(verdict_lines(given, lang)),
        tuple(
            StripRow(strip_line(line, limit, lang), line.counted) for line, limit in account(clock)
        ),
        tuple(say(each.code, dict(each.facts), lang) for each in problems),
        rule.cites,
        min(100, int(given.share * 100)),
    )
