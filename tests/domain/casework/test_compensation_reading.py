"""How a loss is compensated is read strictly: what cannot be is refused where it stands."""

from __future__ import annotations

import pytest

from tests.domain.casework.complaints import problems
from tests.domain.casework.losses import CLAIMING, files, pack_of
from zhijian.foundation.wording import catalogue


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("  decided: [decide]\n", "", "policy.key_missing"),
        ("  decided: [decide]\n", "  decided: [deciding]\n", "casework.unknown_name"),
        ("paid: [pay]", "paid: [decide]", "policy.id_twice"),
        ("by: [office], verifies: [weigh]", "by: [office]", "casework.compensation_alone"),
        ("verifies: [weigh]", "verifies: [weigh], alone: true", "casework.compensation_alone"),
        ("yuan: worth", "yuan: wort", "scoring.unknown_line"),
        ("yuan: worth", "yuan: payee", "casework.fact_type"),
        ("claimed: asked", "claimed: payee", "casework.fact_type"),
        ("payee: payee", "payee: asked", "casework.fact_type"),
        ("divide: [share, parameter.whole]", "count: {of: tea}", "scoring"),
        (
            "divide: [share, parameter.whole]",
            "previous: {of: share, periods: 1}",
            "casework.compensation_records",
        ),
        ("when: {cause: 本店}", "when: {cause: 隔壁}", "casework.condition_kind"),
        ("id: by_share", "id: own_fault", "policy.id_twice"),
        ("limit: claiming", "limit: handling", "casework.unknown_name"),
        ("from: bought_on", "from: value", "casework.fact_type"),
        ("never: [{fact: fright", "never: [{fact: payee", "casework.fact_type"),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, code: str) -> None:
    found = problems(files((old, new)))

    assert [each for each, _ in found if each.startswith(code)], found


def test_a_period_counts_days_and_a_line_looks_at_facts() -> None:
    timed = CLAIMING.replace("kind: natural_day", "kind: elapsed\nunit: hour")
    found = problems({**files(), "limits/claiming.yaml": timed})
    assert [code for code, _ in found] == ["casework.compensation_limit"]

    looked = ("multiply: [value, part]", "highest: {of: [value, part]}")
    assert problems(files(looked)) == []


def test_what_follows_from_a_broken_step_is_not_told() -> None:
    found = problems(
        files(("id: weigh\n    title: 核定\n    from: [answered]", "id: weigh\n    from: [x]"))
    )

    assert not [code for code, _ in found if "compensation" in code]


def test_a_paper_tells_the_compensation() -> None:
    cell = ("cells: [case.number,", "cells: [compensation.yuan, case.number,")
    pack = pack_of(cell)
    paper = pack.cases["complaint"].forms["answer_sheet"].paper
    assert paper is not None
    first = paper.parts[0].cells[0]
    assert (first.source, first.name, first.title.en) == (
        "compensation", "yuan", "Compensation (yuan)"
    )  # fmt: skip

    wrong = (cell[0], "cells: [compensation.sum, case.number,")
    assert [code for code, _ in problems(files(wrong))] == ["casework.unknown_name"]


def test_every_refusal_has_words() -> None:
    words = catalogue()
    for name in (
        "records", "limit", "alone", "open", "no_rule", "undecided", "moved", "nothing", "unpaid",
        "unconfirmed",
    ):  # fmt: skip
        assert f"casework.compensation_{name}" in words
