"""The ledger as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from zhijian.callbacks import queries
from zhijian.callbacks.models import CheckResult, Draw, DrawPurpose
from zhijian.callbacks.queries import Ledger, Line
from zhijian.callbacks.showing import rates_of
from zhijian.domain.callbacks.ledger import Balance
from zhijian.foundation.lists import PLAIN, Column, List

_SHARE = "0.00%"


def ledger_list(title: str, found: Ledger) -> List:
    """Return the ledger with its equation and its rates, each with what it rests on."""
    counts = (
        _("产生"), _("已回访"), _("联系不上"), _("谢绝回访"), _("不再回访"), _("待回访"), _("满意"),
    )  # fmt: skip
    rates = [
        Column(name, looks)
        for each in rates_of(Balance())
        for name, looks in (
            (_("%(rate)s分子") % {"rate": each.title}, PLAIN),
            (_("%(rate)s分母") % {"rate": each.title}, PLAIN),
            (each.title, _SHARE),
        )
    ]
    columns = (Column(title), *(Column(each, PLAIN) for each in counts), *rates)
    return List(_("回访台账"), columns, _lines(found))


def draw_list(row: Draw) -> List:
    """Return a sample with its results; nothing personal is in it."""
    columns = (
        Column(_("编号")), Column(_("案件")), Column(_("状态")), Column(_("结果")),
        Column(_("回访人")),
    )  # fmt: skip
    is_check = row.purpose == DrawPurpose.CHECK
    return List(_("抽查"), columns, _checked(row) if is_check else _called(row))


def _called(row: Draw) -> Iterator[Sequence[str]]:
    words = {True: _("满意"), False: _("不满意"), None: ""}
    for each in queries.calls_of(row):
        name = each.caller.display_name if each.caller else ""
        state = str(each.get_state_display())
        yield each.number, each.case.number, state, words[each.satisfied], name


def _checked(row: Draw) -> Iterator[Sequence[str]]:
    for each in queries.checks_of(row):
        call = each.call_back
        name = call.caller.display_name if call.caller else ""
        found = each.finding.number if each.finding else ""
        yield call.number, call.case.number, str(CheckResult(each.result).label), found, name


def _lines(found: Ledger) -> Iterator[Sequence[str]]:
    for each in (*found.lines, Line(_("合计"), found.whole)):
        told = each.balance
        counts = (
            told.closed, told.done, told.unreachable, told.refused, told.excluded, told.pending,
            told.satisfied,
        )  # fmt: skip
        yield (each.label, *(str(count) for count in counts), *_rates(told))


def _rates(balance: Balance) -> Iterator[str]:
    for each in rates_of(balance):
        yield str(each.part)
        yield str(each.whole)
        yield "" if each.share is None else str(each.share)
