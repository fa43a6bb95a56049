"""How a form of a case is printed: its cells, who signs, who receives it, until when they answer.

A rule holds names only; what stands in the cells of one case is worked out by ``filling``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from zhijian.domain.casework.who import Selector
from zhijian.domain.words import NOTHING, Words

Source = Literal["fact", "case", "due", "reason", "compensation", "blank"]
"""What a cell shows: a fact, something of the case itself, when a clock falls due, the reason given
in a step, what is paid for a loss, or nothing: a space to write in by hand."""

OF_CASE: Final[dict[str, Words]] = {
    "number": Words("案件编号", "Case number"),
    "title": Words("标题", "Title"),
    "unit": Words("单位", "Unit"),
    "level": Words("等级", "Level"),
    "state": Words("状态", "State"),
    "owner": Words("承办人", "Owner"),
    "opener": Words("立案人", "Opened by"),
    "opened": Words("立案日期", "Opened on"),
}
"""What every case has, as ``case.number``, and how a cell with it is called."""

OF_COMPENSATION: Final[dict[str, Words]] = {
    "yuan": Words("赔偿金额（元）", "Compensation (yuan)"),
    "capitals": Words("大写", "In capitals"),
    "rule": Words("赔偿依据", "Paid because"),
    "cites": Words("条款", "Clause"),
    "not_paid": Words("不予赔偿的部分", "Not paid"),
}
"""What is known of a compensation, as ``compensation.yuan``, and how a cell with it is called."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what stands in it, by ``source`` and ``name``, and what stands before it.

    A cell of ``lines`` lines takes the whole width and is at least so high; one of 0 lines shares
    its row with its neighbour.
    """

    source: Source
    name: str
    title: Words
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on: whoever took one of ``steps`` last has signed; without, it stays blank."""

    title: Words
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A part of a paper, filled in at one time by one side, with the signatures below it."""

    title: Words = NOTHING
    cells: tuple[Cell, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperRule:
    """How a form becomes a paper of record.

    ``prefix`` begins its numbers. It is issued by each of the steps ``issued``; without any, by
    hand. It goes ``to`` people, who answer until ``reply_clock`` falls due or until the day in
    ``reply_fact``; one of the steps ``answered`` is the answer.
    """

    prefix: str
    parts: tuple[PaperPart, ...]
    issued: tuple[str, ...] = ()
    to: tuple[Selector, ...] = ()
    reply_clock: str = ""
    reply_fact: str = ""
    answered: tuple[str, ...] = ()
