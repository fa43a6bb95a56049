"""Reading the register of nonconformities. Other rooms ask here."""

from zhijian.nonconformities.queries.actions import (
    ActionView,
    action_of,
    effect_for,
    round_of,
    text_of,
)
from zhijian.nonconformities.queries.alike import (
    ALIKE,
    WINDOW_DAYS,
    Alike,
    alike,
    entry_of,
    of_entry,
)
from zhijian.nonconformities.queries.controls import Standing, standings
from zhijian.nonconformities.queries.counts import (
    DIMENSIONS,
    Counted,
    Month,
    by_month,
    counted,
    ranks,
)
from zhijian.nonconformities.queries.kinds import (
    Acting,
    Listed,
    action_kinds,
    listed_kind,
    listed_kinds,
)
from zhijian.nonconformities.queries.lessons import (
    LESSON,
    lesson_for,
    lessons,
    may_read_photo,
    photos_of,
)
from zhijian.nonconformities.queries.proposals import by_state, cases_of, proposal_for, proposals
from zhijian.nonconformities.queries.register import Wanted, register, words_found
from zhijian.nonconformities.queries.words import english_words

__all__ = [
    "ALIKE",
    "DIMENSIONS",
    "LESSON",
    "WINDOW_DAYS",
    "Acting",
    "ActionView",
    "Alike",
    "Counted",
    "Listed",
    "Month",
    "Standing",
    "Wanted",
    "action_kinds",
    "action_of",
    "alike",
    "by_month",
    "by_state",
    "cases_of",
    "counted",
    "effect_for",
    "english_words",
    "entry_of",
    "lesson_for",
    "lessons",
    "listed_kind",
    "listed_kinds",
    "may_read_photo",
    "of_entry",
    "photos_of",
    "proposal_for",
    "proposals",
    "ranks",
    "register",
    "round_of",
    "standings",
    "text_of",
    "words_found",
]
