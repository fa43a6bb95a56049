"""The fishbone as a drawing: where its lines and words stand, in units of the drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhijian.nonconformities.queries import ActionView

_WIDTH, _MARGIN, _HEAD, _RISE, _STEP, _MOST, _SIGNS = 190, 20, 150, 40, 26, 5, 12


@dataclass(frozen=True, slots=True)
class Word:
    """A cause beside its bone."""

    x: int
    y: int
    text: str
    is_root: bool


@dataclass(frozen=True, slots=True)
class Rib:
    """A category with its bone, which meets the spine at ``x2`` and ``y2``."""

    x1: int
    y1: int
    x2: int
    y2: int
    label_y: int
    label: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing; every word of it also stands in the list below it."""

    width: int
    height: int
    spine: int
    ribs: tuple[Rib, ...]

    @property
    def head(self) -> int:
        """Where the spine ends."""
        return self.width - _HEAD

    @property
    def head_top(self) -> int:
        """Where the head begins; it is twice 24 high."""
        return self.spine - 24

    @property
    def head_middle(self) -> int:
        """The middle of the head, which is 140 wide."""
        return self.head + 70

    @property
    def head_line(self) -> int:
        """The line on which the words of the head stand."""
        return self.spine + 5


def drawing_of(view: ActionView) -> Drawing | None:
    """Return the drawing of a round; nothing where nobody used the fishbone."""
    if not view.bones:
        return None
    most = max(min(len(each.causes), _MOST) for each in view.bones)
    half = _RISE + _STEP * (most + 1)
    pairs = (len(view.bones) + 1) // 2
    spine = half + _MARGIN
    ribs = [
        _rib(number, each.category, [(c.text, c.is_root) for c in each.causes], spine, half)
        for number, each in enumerate(view.bones)
    ]
    return Drawing(pairs * _WIDTH + _HEAD + _MARGIN, 2 * spine, spine, tuple(ribs))


def _rib(number: int, label: str, causes: Sequence[tuple[str, bool]], spine: int, half: int) -> Rib:
    """Bones stand in pairs, one above and one below the spine."""
    side = -1 if number % 2 == 0 else 1
    left = _MARGIN + number // 2 * _WIDTH
    foot = left + _WIDTH - _MARGIN
    top = spine + side * half
    slope = (foot - left - 60) / half
    words = []
    for place, (text, is_root) in enumerate(causes[:_MOST], start=1):
        y = top - side * _STEP * place
        x = round(left + 60 + slope * abs(y - top)) - 18
        words.append(Word(x, y, _short(text), is_root))
    return Rib(left + 60, top, foot, spine, top + (-6 if side < 0 else 16), label, tuple(words))


def _short(text: str) -> str:
    return text if len(text) <= _SIGNS else f"{text[: _SIGNS - 1]}…"
