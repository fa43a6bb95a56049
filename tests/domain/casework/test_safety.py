"""What a kind of case is to safety is read strictly: incidents, hazards, duties and the like."""

from __future__ import annotations

import pytest

from tests.domain.casework.complaints import around, changed, pack, problems
from zhijian.domain.casework.safety import Concealment, Hazard, Incident, Recurring, Safety
from zhijian.foundation.wording import catalogue

ASKED = ("may: [account, secret]", "may: [account, secret, new_time]")
AT_ONCE = """steps:
  - id: at_once
    title: {zh: 当场办结, en: Settle at once}
    to: closed
    by: [waiter]
    needs: [subject, account]
    level: proposed
"""
INCIDENT = """safety:
  incident:
    step: register
    account: account
    happened: new_time
    place: account
    sort: subject
    follow_ups: [send_back]
    final: verify
    ladder: [handling]
    circulates: verify
"""
HAZARD = """safety:
  hazard:
    follow: register
    on_spot: at_once
    place: account
    account: account
    area: subject
    line: [manager, office]
"""
RECURRING = """safety:
  recurring: {step: register, done: answer, clock: handling, area: subject}
"""
CONCEALMENT = """safety:
  concealment: {step: register, account: account}
"""
HINT = """safety:
  hint: {injured: true}
"""


def with_safety(text: str, *pairs: tuple[str, str]) -> dict[str, str]:
    return changed(ASKED, ("steps:\n", AT_ONCE), ("levels:\n", f"{text}levels:\n"), *pairs)


def safety(text: str) -> Safety | None:
    found = pack(ASKED, ("steps:\n", AT_ONCE), ("levels:\n", f"{text}levels:\n"))
    return found.cases["complaint"].safety


def test_a_kind_is_nothing_of_it_unless_it_says_so() -> None:
    assert pack().cases["complaint"].safety is None


def test_an_incident_is_read_with_its_chain_of_reports() -> None:
    incident = Incident(
        "register", "account", "new_time", "account", "subject", ("send_back",), "verify",
        ("handling",), "verify",
    )  # fmt: skip

    assert safety(INCIDENT) == Safety(incident=incident)
    steps = ["register", "answer", "send_back", "answer", "verify"]
    assert incident.chain(steps) == ((0, "first"), (2, "more"), (4, "final"))


def test_the_least_of_an_incident_is_what_happened_and_when() -> None:
    least = "safety:\n  incident: {step: register, account: account, happened: new_time}\n"
    found = safety(least)
    assert found == Safety(incident=Incident("register", "account", "new_time"))
    assert found is not None
    assert found.incident is not None
    # No final report and no place: what is not there is never mistaken for a step.
    assert found.incident.chain(["register", ""]) == ((0, "first"),)


def test_hazards_duties_and_concealment_are_read() -> None:
    assert safety(HAZARD) == Safety(
        hazard=Hazard("register", "at_once", "account", "account", ("manager", "office"), "subject")
    )
    assert safety(RECURRING) == Safety(
        recurring=Recurring("register", "answer", "handling", "subject")
    )
    assert safety(CONCEALMENT) == Safety(concealment=Concealment("register", "account"))


@pytest.mark.parametrize(
    ("injured", "is_hint"), [(True, True), (False, False), (None, False)]
)  # fmt: skip
def test_a_hint_holds_by_the_facts_of_the_case(injured: bool | None, is_hint: bool) -> None:
    found = pack(ASKED, ("steps:\n", AT_ONCE), ("levels:\n", f"{HINT}levels:\n"))
    kind = found.cases["complaint"]
    assert kind.safety is not None
    assert kind.safety.is_hint(kind.facts, {"injured": injured}, "", around(found)) is is_hint
    assert not Safety().is_hint(kind.facts, {"injured": True}, "", around(found))


@pytest.mark.parametrize(
    ("text", "old", "new", "code"),
    [
        (INCIDENT, "step: register", "step: answer", "casework.safety_step"),
        (INCIDENT, "step: register", "step: nowhere", "casework.unknown_name"),
        (INCIDENT, "happened: new_time", "happened: account", "casework.fact_type"),
        (INCIDENT, "final: verify", "final: nowhere", "casework.unknown_name"),
        (INCIDENT, "sort: subject", "sort: account", "casework.fact_type"),
        (INCIDENT, "account: account\n", "account: answer\n", "casework.safety_asks"),
        (INCIDENT, "ladder: [handling]", "ladder: [other]", "casework.unknown_name"),
        (INCIDENT, "ladder: [handling]", "lader: [handling]", "policy.unknown_key"),
        (HAZARD, "on_spot: at_once", "on_spot: register", "casework.hazard_ends"),
        (HAZARD, "follow: register", "follow: at_once", "casework.hazard_ends"),
        (HAZARD, "line: [manager, office]", "line: []", "policy.key_missing"),
        (HAZARD, "line: [manager, office]", "line: [nobody]", "casework.unknown_name"),
        (RECURRING, "done: answer", "done: verify", "casework.recurring_stops"),
        (CONCEALMENT, "account: account", "account: answer", "casework.safety_asks"),
        (HINT, "injured: true", "wounded: true", "casework.unknown_fact"),
        (HINT, "  hint: {injured: true}\n", "  {}\n", "casework.safety_one"),
        (HINT, "hint:", "concealment: {step: register, account: account}\n  hint:",
         "casework.safety_one"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(text: str, old: str, new: str, code: str) -> None:
    assert old in text
    found = [each for each, _where in problems(with_safety(text.replace(old, new)))]

    assert found == [code]
    assert set(catalogue()[code]) == {"zh", "en"}


def test_a_hazard_needs_somebody_who_follows_it() -> None:
    # Owned from the time limit on only, so that the step that opens it names nobody.
    moved = (
        "    assigns: {owner: manager}\n  - id: agree",
        "  - id: agree",
    )
    owned = ("    reason: true\n    starts: [handling]\n  - id: withdraw",
             "    reason: true\n    starts: [handling]\n    assigns: {owner: actor}\n"
             "  - id: withdraw")  # fmt: skip
    found = [each for each, _where in problems(with_safety(HAZARD, moved, owned))]
    assert found == ["casework.hazard_owner"]


def test_nothing_more_is_said_of_a_kind_whose_steps_cannot_be_read() -> None:
    found = [each for each, _where in problems(with_safety(INCIDENT, ("by: [waiter]", "by: [x]")))]
    assert found == ["casework.unknown_role"]
