"""The everyday of the sample: the same on every machine, readable, and with something to see."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from zhijian.config.sample import everyday
from zhijian.config.sample.cases import UNTIL
from zhijian.config.sample.departments import LEVELS
from zhijian.config.sample.everyday_texts import CALLS, FINDINGS

_TITLES = {text.title for texts in CALLS.values() for text in texts}


def test_every_department_has_its_own_texts() -> None:
    assert set(CALLS) == set(FINDINGS) == set(LEVELS)


def test_it_is_the_same_every_time_and_as_long_as_asked() -> None:
    calls = list(everyday.calls(UNTIL, everyday.MONTHS))

    assert calls == list(everyday.calls(UNTIL, everyday.MONTHS))
    assert len(calls) > 130
    assert not list(everyday.calls(UNTIL, 0))
    assert len({each.text.title for each in calls}) > 0.9 * len(_TITLES)
    assert "{" not in "".join(each.text.title + each.text.content for each in calls)


def test_everything_can_be_settled_before_the_sample_ends() -> None:
    longest = timedelta(hours=120 + 60)
    assert all(each.at + longest < UNTIL for each in everyday.calls(UNTIL, 24))
    assert all(8 <= each.at.hour < 17 for each in everyday.findings(UNTIL, 24))


def test_a_few_troubles_make_most_of_the_findings_and_one_was_cured() -> None:
    items = Counter(each.text.item for each in everyday.findings(UNTIL, 24))
    top = sum(count for _item, count in items.most_common(5))
    assert top * 2 > sum(items.values())

    year = UNTIL - timedelta(days=365)
    cured = [each.at for each in everyday.calls(UNTIL, 24) if each.text.title == everyday.CURED]
    assert sum(at < year for at in cured) > 3 * sum(at >= year for at in cured)
