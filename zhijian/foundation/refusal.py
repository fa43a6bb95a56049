"""The exception by which a service says no, with a code that has a wording."""

from __future__ import annotations

from zhijian.domain.problems import Problem, facts_of
from zhijian.foundation.wording import say


class Refusal(Exception):
    """A service refuses; nothing was written.

    ``code`` names the wording in ``foundation/wording/catalogue``; ``facts`` fill it. Rooms
    subclass it once per story, so that a caller can catch exactly what they mean. Where several
    things are wrong, ``problems`` names each with its place.
    """

    problems: tuple[Problem, ...] = ()

    def __init__(self, code: str, /, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts_of(facts)

    def words(self, lang: str = "zh") -> str:
        """Return what to tell the person, in ``zh`` or ``en``."""
        return say(self.code, self.facts, lang)
