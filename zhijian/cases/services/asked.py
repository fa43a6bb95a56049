"""What somebody asks for in a case, and how asking twice is known."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError

from zhijian.cases.models import Case, CaseEvent
from zhijian.domain.casework.advancing import Asked
from zhijian.domain.casework.entering import Entered
from zhijian.domain.casework.who import Person
from zhijian.foundation.audit import chain
from zhijian.foundation.idempotency.services import KeyReused

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file handed in for a fact."""

    fact: str
    file: File

    @cached_property
    def digest(self) -> str:
        """The digest under which its bytes will lie."""
        found = hashlib.sha256()
        self.file.seek(0)
        while chunk := self.file.read(_CHUNK):
            found.update(chunk)
        self.file.seek(0)
        return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Taking:
    """A step with what is entered in it. People and units are entered as their ids.

    ``key`` is chosen by who asks: asked again under it, nothing is added.
    """

    step: str
    facts: Mapping[str, Entered] = field(default_factory=dict)
    reason: str = ""
    level: str = ""
    anonymous: bool = False
    uploads: tuple[Upload, ...] = ()
    key: str = ""

    def asked_by(self, who: Person) -> Asked:
        """Return it as the domain wants it: uploads stand as their digests."""
        return Asked(self.step, who, self.entered, self.reason, self.level, self.anonymous)

    @property
    def entered(self) -> dict[str, Entered]:
        """The facts with the digests of the uploads."""
        found: dict[str, Entered] = dict(self.facts)
        for each in self.uploads:
            held = found.get(each.fact)
            found[each.fact] = (*(held if isinstance(held, tuple) else ()), each.digest)
        return found


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened: which kind of which regulation, where, and the step that opens it.

    ``unit_id`` is not asked where the step itself says for which unit it is.
    """

    pack_id: str
    kind: str
    taking: Taking
    unit_id: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Once:
    """A key as it is stored: neither the person nor the key itself can be read from it."""

    key: str | None
    asked: str

    @classmethod
    def of(cls, actor_id: int | None, taking: Taking, *about: object) -> Once:
        """Return the stored form; without a key, nothing is remembered."""
        if not taking.key:
            return cls(None, "")
        told = {
            "about": [str(each) for each in about],
            "step": taking.step,
            "facts": {name: str(value) for name, value in _sorted(taking.entered)},
            "rest": [taking.reason, taking.level, taking.anonymous],
        }
        return cls(
            _digest(f"{actor_id or ''}\n{taking.key}"),
            _digest(chain.canonical(told)),
        )

    def before(self) -> Case | None:
        """Return the case in which it was done before; refuse the key for anything else."""
        if self.key is None:
            return None
        # Nearly always there is none, so that the case is not asked for with it.
        held = CaseEvent.objects.filter(key=self.key).values_list("case_id", "asked")
        for case_id, asked in held:
            if asked != self.asked:
                raise KeyReused("api.idempotency_key_reused", key="…")
            return Case.objects.get(pk=case_id)
        return None


NOBODY = Once(None, "")
"""Nobody asked under a key."""


def once(told: Once, act: Callable[[], Case]) -> Case:
    """Do it, unless it was done before; of two who ask at the same moment, one does it."""
    found = told.before()
    if found is not None:
        return found
    try:
        return act()
    except IntegrityError:
        found = told.before()
        if found is None:
            raise
        return found


def _sorted(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    return iter(sorted(facts.items()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
