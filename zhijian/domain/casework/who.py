"""Who may take a step, as a pack says it, and who asks to take one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.vocabulary import PEOPLE
from zhijian.domain.policy.raw import Raw, as_text, refuse
from zhijian.domain.words import NOTHING, Words, listed

_TITLES = {
    "anyone": Words("任何人", "anyone"),
    "opener": Words("立案人", "whoever opened the case"),
    "owner": Words("承办人", "the owner of the case"),
    "case": Words("来源案件", "the case it comes from"),
    "public": Words("公众", "the public"),
    "platform": Words("系统", "the platform"),
}


@dataclass(frozen=True, slots=True)
class Selector:
    """One way to be entitled: by a body, by a part in the case, or by being named in a fact.

    ``word`` is one of ``PEOPLE`` or ``body``, ``step``, ``fact``; ``name`` says which of these.
    """

    word: str
    name: str = ""
    title: Words = NOTHING

    @property
    def id(self) -> str:
        """The selector as a pack writes it."""
        return self.name if self.word == "body" else f"{self.word}.{self.name}".rstrip(".")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts. ``roles`` are the bodies of the regulation that they act for in the unit
    of the case; the platform, an opening case and the public have the roles ``platform``, ``case``
    and ``public``.
    """

    id: str
    roles: frozenset[str] = frozenset()


PLATFORM = Person("", frozenset({"platform"}))
"""The platform itself, when a limit is over."""

PUBLIC = Person("", frozenset({"public"}))
"""Somebody from outside, who has no account and leaves no name here."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody whom the steps of a kind may name: bodies, steps and facts by their titles."""

    bodies: Mapping[str, Words]
    steps: Mapping[str, Words]
    facts: Mapping[str, Fact]

    def read(self, raw: Raw) -> Selector:
        """Read one selector; a name that nobody answers to is a problem."""
        text = as_text(raw)
        word, dot, name = text.partition(".")
        if not dot and text in PEOPLE:
            return Selector(text, title=_TITLES[text])
        if word == "step" and name in self.steps:
            done = self.steps[name]
            title = Words(f"办理“{done.zh}”的人", f"whoever did “{done.to('en')}”")
            return Selector("step", name, title)
        if word == "fact" and name in self.facts and self.facts[name].type == "person":
            return Selector("fact", name, self.facts[name].title)
        if text in self.bodies:
            return Selector("body", text, self.bodies[text])
        raise refuse(raw, "casework.unknown_role", found=text, known=", ".join(self._known()))

    def _known(self) -> Iterable[str]:
        yield from (*self.bodies, *PEOPLE)
        yield from (f"step.{name}" for name in self.steps)
        yield from (f"fact.{name}" for name, fact in self.facts.items() if fact.type == "person")


def in_words(selectors: Iterable[Selector]) -> Words:
    """Name everybody in both languages."""
    return listed(each.title for each in selectors)
