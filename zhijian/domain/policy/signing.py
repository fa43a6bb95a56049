"""Who signs a version of a regulation before it is issued, and how often again (POL-13, ORG-27)."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.policy.raw import Fields, Raw, Reading, refuse, refuse_twice
from zhijian.domain.words import Words

STEP_TITLES = {"reviewed": Words("审核", "review"), "approved": Words("批准", "approval")}
STEPS = tuple(STEP_TITLES)
"""The signatures a version may need, in the order in which they are given."""


@dataclass(frozen=True, slots=True)
class SigningStep:
    """One signature: ``by`` is who gives it in the words of the regulation, ``role`` who here."""

    step: str
    by: Words
    role: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The signatures a version needs before it may be published.

    ``renew_months`` is after how many months the approval is given again, 0 for never.
    ``same_person`` lifts the rule that author, reviewer and approver are different people.
    """

    steps: tuple[SigningStep, ...] = ()
    renew_months: int = 0
    same_person: bool = False

    def step(self, name: str) -> SigningStep | None:
        """Return one of the signatures, or nothing when the regulation does not ask for it."""
        return next((each for each in self.steps if each.step == name), None)


NO_SIGNING = Signing()
"""A regulation that leaves it to whoever publishes."""


def read_signing(reading: Reading, front: Fields) -> Signing:
    """Read what ``pack.yaml`` says about signatures; a renewal needs an approval to renew."""
    steps = tuple(_read_step(reading, each) for each in front.items("signing"))
    refuse_twice(zip(front.items("signing"), (each.step for each in steps), strict=True))
    signing = Signing(
        steps=tuple(sorted(steps, key=lambda each: STEPS.index(each.step))),
        renew_months=front.whole("renew_months", 0, least=1),
        same_person=front.flag("same_person"),
    )
    if signing.renew_months and signing.step("approved") is None:
        raise refuse(front.need("renew_months"), "policy.key_missing", key="signing: approved")
    return signing


def _read_step(reading: Reading, raw: Raw) -> SigningStep:
    fields = reading.fields(raw)
    step = SigningStep(
        step=fields.word("step", STEPS), by=fields.words("by"), role=fields.text("role")
    )
    fields.close()
    return step
