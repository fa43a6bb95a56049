"""Why something could not be sent, and whether to try again."""

from __future__ import annotations

from zhijian.foundation.refusal import Refusal


class NotSent(Refusal):
    """It did not go out this time; trying again later may help."""


class NeverSent(NotSent):
    """It cannot go out, however often one tries."""


class TooFast(NotSent):
    """The other side wants a pause of ``seconds`` before anything else comes."""

    def __init__(self, seconds: int) -> None:
        super().__init__("notifications.too_fast", seconds=seconds)
        self.seconds = seconds
