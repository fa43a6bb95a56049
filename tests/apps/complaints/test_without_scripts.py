"""The public page without scripts: a sum in words, not too quickly, and not too often."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.apps.complaints.hotline import make_hotline, office_of, page_of, sent
from zhijian.cases.models import Case
from zhijian.complaints import limits, proof
from zhijian.complaints.models import Complaint, Office
from zhijian.foundation.rates import Rate

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return office_of(make_hotline())


def aged(seconds: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """A puzzle that was shown so many seconds ago."""
    monkeypatch.setattr(proof, "SHORTEST_SECONDS", 10 - seconds)
    return proof.puzzle()


def without_scripts(office: Office, puzzle: str, said: object = None, **told: Any) -> Any:
    given = sum(proof.summands(puzzle)) if said is None else said
    return sent(office, puzzle=puzzle, answer="", sum=str(given), **told)


@pytest.mark.req("CMP-50")
@pytest.mark.parametrize("write", [str, lambda number: f" {number} ", lambda number: wide(number)])
def test_without_scripts_a_person_answers_a_sum(
    office: Office, write: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    puzzle = aged(11, monkeypatch)

    answer = without_scripts(office, puzzle, write(sum(proof.summands(puzzle))))

    assert answer.status_code == 200
    assert Complaint.objects.get().office == office
    # The same puzzle opens no second case.
    assert without_scripts(office, puzzle, content="另一件").status_code == 422
    assert Complaint.objects.count() == 1


def wide(number: int) -> str:
    """A number as Chinese keyboards write it."""
    return "".join(chr(ord("０") + int(each)) for each in str(number))


@pytest.mark.parametrize(
    ("seconds", "told", "words"),
    [
        (11, {"said": 99}, "算术题的答案不对"),
        (11, {"said": "十"}, "算术题的答案不对"),
        (3, {}, "打开页面不足"),
        (11, {"website_": "spam"}, "没有通过防机器人检验"),
    ],
)
def test_a_wrong_or_too_quick_answer_opens_nothing(
    office: Office, seconds: int, told: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = without_scripts(office, aged(seconds, monkeypatch), **told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Case.objects.exists()


def test_a_made_up_puzzle_has_no_sum(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    aged(11, monkeypatch)

    for puzzle in ("made-up", "x" * 400):
        assert "没有通过防机器人检验" in without_scripts(office, puzzle).content.decode()
    assert not Case.objects.exists()


def test_few_are_sent_without_scripts_from_one_address(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENT_WITHOUT_SCRIPTS", Rate("plain", 1, 3600))
    assert without_scripts(office, aged(11, monkeypatch)).status_code == 200

    assert "过于频繁" in without_scripts(office, aged(11, monkeypatch)).content.decode()
    assert sent(office, phone="13900001111").status_code == 200


def test_the_page_asks_the_sum_of_its_own_puzzle(office: Office) -> None:
    page = Client().get(page_of(office)).content.decode()

    puzzle = re.search(r'name="puzzle" value="([^"]+)"', page)
    asked = re.search(r'for="id_sum">(.)加(.)等于几？', page)
    assert puzzle
    assert asked
    told = tuple("二三四五六七八九".index(each) + 2 for each in asked.groups())
    assert told == proof.summands(puzzle[1])
