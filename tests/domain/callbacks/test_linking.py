"""Records side by side: where they contradict one another."""

from __future__ import annotations

from zhijian.domain.callbacks.linking import Contradiction, Told, contradictions

PHONE = Told("HF-1", {"manners": "好", "skill": "好", "other": None})
VISIT = Told("HF-2", {"manners": "差", "skill": "好", "other": "无"})


def test_only_different_answers_contradict() -> None:
    found = contradictions([PHONE, VISIT], ["manners", "skill", "other"])

    assert found == (Contradiction("manners", (("HF-1", "好"), ("HF-2", "差"))),)


def test_one_record_contradicts_nothing() -> None:
    assert contradictions([PHONE], ["manners"]) == ()
