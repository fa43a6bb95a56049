"""How what people outside report comes in: which facts tell who, what, how and why (CMP-02)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Receiving:
    """The facts of a kind by what they mean; those that the regulation does not have are empty.

    ``step`` opens a case at the desk, ``public_step`` on the public page, where ``public_channel``
    stands for the channel. ``answer`` is what the person outside is told in the end.
    """

    step: str
    account: str
    channel: str
    phone: str = ""
    name: str = ""
    received: str = ""
    cause: str = ""
    answer: str = ""
    public_step: str = ""
    public_channel: str = ""

    @property
    def filled(self) -> tuple[str, ...]:
        """The facts that the public page fills in by itself."""
        return tuple(each for each in (self.channel, self.received) if each)
