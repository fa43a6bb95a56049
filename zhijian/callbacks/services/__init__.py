"""Everything that writes in this room."""

from zhijian.callbacks.services.arising import follow
from zhijian.callbacks.services.excluding import ask_exclusion, decide_exclusion
from zhijian.callbacks.services.recording import Made, attempt, correct

__all__ = ["Made", "ask_exclusion", "attempt", "correct", "decide_exclusion", "follow"]
