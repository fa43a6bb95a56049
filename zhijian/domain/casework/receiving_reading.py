"""Strict reading of how what people outside report comes in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.parts import STEP, Parts, chosen
from zhijian.domain.casework.receiving import Receiving
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.policy.raw import Fields, Raw, as_text, refuse
from zhijian.domain.records.kind import FieldType

_NOT_AT_THE_DESK: Final = frozenset({"case", "platform", "public"})


def read_receiving(parts: Parts, steps: Mapping[str, CaseStep], raw: Raw) -> Receiving:
    """Read the ``receiving`` of a kind of case, whose steps are known."""
    return _Reader(parts, steps, raw).read()


class _Reader:
    def __init__(self, parts: Parts, steps: Mapping[str, CaseStep], raw: Raw) -> None:
        self.parts = parts
        self.steps = steps
        self.fields: Fields = parts.reading.fields(raw)

    def read(self) -> Receiving:
        step = self._step()
        account = self.parts.fact(self.fields.need("account"), "text")
        channel = self.parts.fact(self.fields.need("channel"), "choice")
        phone, name = self._personal("phone"), self._personal("name")
        received = self._maybe("received", "moment")
        answer = self._maybe("answer", "text")
        if answer and self._fact(answer).field.personal:
            field = self._fact(answer).title
            raise refuse(self.fields.need("answer"), "casework.answer_personal", field=field)
        public = self.fields.maybe("public")
        public_step, public_channel = self._public(public, channel) if public else ("", "")
        found = Receiving(
            step.id, account, channel, phone, name, received,
            self._maybe("cause", "choice"), answer, public_step, public_channel,
        )  # fmt: skip
        self.fields.close()
        self._check_asked(step, (account, channel, phone))
        if public_step:
            self._check_asked(self.steps[public_step], (account, channel))
        self._check_once(phone)
        return found

    def _step(self) -> CaseStep:
        raw = self.fields.need("step")
        step = self.steps[chosen(raw, self.steps, STEP)]
        if not step.is_opening or {each.word for each in step.by} <= _NOT_AT_THE_DESK:
            raise refuse(raw, "casework.receiving_step", step=step.title)
        return step

    def _public(self, raw: Raw, channel: str) -> tuple[str, str]:
        """Read the opening step of the public page, and the channel that it stands for."""
        fields = self.parts.reading.fields(raw)
        named, told = fields.need("step"), fields.need("channel")
        fields.close()
        step = self.steps[chosen(named, self.steps, STEP)]
        if not step.is_opening or all(each.word != "public" for each in step.by):
            raise refuse(named, "casework.public_step", step=step.title)
        options = self._fact(channel).field.options
        if as_text(told) not in options:
            known = ", ".join(options)
            raise refuse(told, "casework.public_channel", found=as_text(told), known=known)
        return step.id, as_text(told)

    def _check_asked(self, step: CaseStep, names: tuple[str, ...]) -> None:
        for name in names:
            if name and name not in step.asks:
                field = self._fact(name).title
                raise refuse(
                    self.fields.raw, "casework.receiving_asks", step=step.title, field=field
                )

    def _check_once(self, phone: str) -> None:
        """Who called is known from the opening on and stays: the register rests on it."""
        for step in self.steps.values():
            if phone in step.asks and not step.is_opening:
                field = self._fact(phone).title
                raise refuse(self.fields.raw, "casework.phone_later", step=step.title, field=field)

    def _personal(self, key: str) -> str:
        name = self._maybe(key, "text")
        if name and not self._fact(name).field.personal:
            raise refuse(
                self.fields.need(key), "casework.not_personal", field=self._fact(name).title
            )
        return name

    def _maybe(self, key: str, wanted: FieldType) -> str:
        raw = self.fields.maybe(key)
        return self.parts.fact(raw, wanted) if raw else ""

    def _fact(self, name: str) -> Fact:
        return self.parts.facts[name]
