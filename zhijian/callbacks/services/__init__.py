"""Everything that writes in this room."""

from zhijian.callbacks.services.arising import follow
from zhijian.callbacks.services.checking import Found, settle_check
from zhijian.callbacks.services.drawing import Asked, draw_calls, draw_checks
from zhijian.callbacks.services.excluding import ask_exclusion, decide_exclusion
from zhijian.callbacks.services.recording import Made, attempt, correct

__all__ = [
    "Asked",
    "Found",
    "Made",
    "ask_exclusion",
    "attempt",
    "correct",
    "decide_exclusion",
    "draw_calls",
    "draw_checks",
    "follow",
    "settle_check",
]
