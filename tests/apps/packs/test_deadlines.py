from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from zoneinfo import ZoneInfo

import pytest

from zhijian.foundation.wording import catalogue
from zhijian.packs.deadlines import MISUSE, Answer, Question, Unanswered, answer, read_start

DEFECTS = str(Path(__file__).parent / "service-defects")
SHANGHAI = ZoneInfo("Asia/Shanghai")


def ask(limit: str, start: str, pack: str = DEFECTS, calendar: str = "calendar-cn") -> Answer:
    return answer(Question(pack, limit, start, calendar))


def refusal(call: Callable[[], object]) -> tuple[list[str], Unanswered]:
    with pytest.raises(Unanswered) as caught:
        call()
    return [each.code for each in caught.value.problems], caught.value


def test_three_working_days_over_the_spring_festival() -> None:
    found = ask("serious", "2026-02-13T09:00")

    assert found.due.on == date(2026, 2, 25)
    assert found.at.isoformat() == "2026-02-25T23:59:59+08:00"
    assert found.start == "2026-02-13T09:00:00+08:00"
    assert found.remarks == ()


def test_the_count_is_the_one_of_the_day_the_duty_arose() -> None:
    late = ask("serious", "2027-07-01")

    assert late.due.limit.count == 5
    assert [each.code for each in late.remarks] == [
        "deadline.provisional",
        "deadline.proposed_count",
        "deadline.review_overdue",
    ]


def test_before_the_first_day_of_the_rule_there_is_no_deadline() -> None:
    codes, refused = refusal(lambda: ask("serious", "2023-12-31"))

    assert codes == ["deadline.not_yet"]
    assert refused.problems[0].fact("parameter") == "correction_days"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-02-13", "2026-02-13"),
        ("2026-02-13T09:00", "2026-02-13T09:00:00+08:00"),
        ("2026-02-13 09:00:30", "2026-02-13T09:00:30+08:00"),
        ("2026-02-12T17:30Z", "2026-02-13T01:30:00+08:00"),
        ("2026-02-13T09:00+09:00", "2026-02-13T08:00:00+08:00"),
    ],
)
def test_starts_are_days_or_moments_of_chinese_time(text: str, expected: str) -> None:
    assert read_start(text).isoformat() == expected


@pytest.mark.parametrize(
    ("start", "code"),
    [
        ("", "deadline.bad_start"),
        ("tomorrow", "deadline.bad_start"),
        ("2026-02-30", "deadline.bad_start"),
        ("2026-02-13T24:01", "deadline.bad_start"),
        ("20260213", "deadline.bad_start"),
        ("2026-02-13T09", "deadline.bad_start"),
        ("0001-01-01T00:00+23:00", "deadline.bad_start"),
        ("0001-01-01", "deadline.out_of_reach"),
        ("9999-12-31", "deadline.out_of_reach"),
    ],
)
def test_other_starts_are_refused(start: str, code: str) -> None:
    assert refusal(lambda: read_start(start))[0] == [code]


def test_names_that_mean_nothing_are_answered_with_those_that_do() -> None:
    codes, refused = refusal(lambda: ask("huge", "2026-02-13"))
    assert codes == ["deadline.unknown_limit"]
    assert refused.problems[0].fact("known") == (
        "filing, handling, meeting, response, serious, small, visit"
    )

    codes, refused = refusal(lambda: ask("small", "2026-02-13", pack="no-such-pack"))
    assert codes == ["pack.not_found"]
    assert "calendar-cn" in refused.problems[0].fact("known")

    codes, _ = refusal(lambda: ask("small", "2026-02-13", calendar="no-such-calendar"))
    assert codes == ["pack.not_found"]

    codes, _ = refusal(lambda: ask("response", "2026-02-13"))
    assert codes == ["deadline.needs_moment"]


def test_a_pack_or_calendar_with_problems_gives_no_deadline(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    copytree(DEFECTS, broken)
    (broken / "limits" / "huge.yaml").write_text(
        "id: huge\ntitle: 巨大缺陷\ncites: 第一条\nkind: workday\ncount: '3'\n", encoding="utf-8"
    )

    codes, refused = refusal(lambda: ask("small", "2026-02-13", pack=str(broken)))
    assert codes == ["policy.unknown_word"]
    assert refused.problems[0].where == "limits/huge.yaml:4"

    (tmp_path / "empty").mkdir()
    codes, _ = refusal(lambda: ask("small", "2026-02-13", calendar=str(tmp_path / "empty")))
    assert codes == ["calendar.no_years"]


def test_a_pack_is_found_by_its_id_below_packs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copytree(DEFECTS, tmp_path / "packs" / "mine")
    monkeypatch.chdir(tmp_path)

    assert ask("small", "2026-02-13", pack="mine").due.on == date(2026, 2, 13)


def events(folder: Path, text: str) -> str:
    path = folder / "events.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def read(limit: str, start: str, at: str = "", happened: str = "") -> Answer:
    return answer(Question(DEFECTS, limit, start, at=at, events=happened))


def moments(found: Answer) -> list[str]:
    return [f"{each.at:%m-%d %H:%M}" for each in found.reminders]


def test_the_clock_is_read_at_the_start_unless_a_moment_or_events_are_given(tmp_path: Path) -> None:
    plain = ask("handling", "2026-02-13T09:00")
    asked = read("handling", "2026-02-13", at="2026-02-24T12:00")
    early = read("handling", "2026-02-13T09:00", at="2026-02-12")

    assert (plain.was_read, plain.clock.state) == (False, "running")
    assert moments(plain) == ["02-24 09:00", "02-24 12:00"]
    assert [(each.level, each.rule.to) for each in plain.ladder] == [
        (1, "leader"),
        (2, "committee"),
    ]
    assert (asked.was_read, asked.clock.share) == (True, Fraction(1, 2))
    assert (early.clock.state, early.at.isoformat()) == (
        *("not_started", "2026-02-25T23:59:59+08:00"),
    )
    assert not early.provisional


def test_events_are_read_from_a_file(tmp_path: Path) -> None:
    happened = events(
        tmp_path,
        """
        - {event: requested, at: "2026-02-24T09:00", count: 2}
        - {event: granted, at: "2026-02-24T15:00"}
        - {event: paused, at: 2026-03-02, reason: strike}
        """,
    )

    last = read("handling", "2026-02-13T09:00", happened=happened)
    before = read("handling", "2026-02-13T09:00", at="2026-02-24T10:00", happened=happened)

    # Two working days from the 25th: Thursday and Friday.
    assert (last.at.isoformat(), last.clock.state) == ("2026-02-27T23:59:59+08:00", "overdue")
    assert [each.code for each in last.remarks] == ["clock.pause_not_provided"]
    assert before.at.isoformat() == "2026-02-25T23:59:59+08:00"
    assert before.clock.request is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("events: [", "policy.not_yaml"),
        ("event: completed", "policy.not_a_list"),
        ("- {event: closed, at: 2026-02-13}", "policy.unknown_word"),
        ("- {event: completed, at: noon}", "clock.not_a_moment"),
        ("- {event: completed, at: 2026-02-13, by: me}", "policy.unknown_key"),
    ],
)
def test_events_that_do_not_read_well_give_no_answer(
    tmp_path: Path, text: str, expected: str
) -> None:
    codes, refused = refusal(
        lambda: read("handling", "2026-02-13", happened=events(tmp_path, text))
    )

    assert codes == [expected]
    assert refused.problems[0].where.startswith(str(tmp_path))


def test_a_file_of_events_that_is_not_there_and_a_moment_that_is_none_are_misuse() -> None:
    codes, _ = refusal(lambda: read("handling", "2026-02-13", happened="no-such-file.yaml"))
    assert codes == ["deadline.no_events"]

    codes, refused = refusal(lambda: read("handling", "2026-02-13", at="noon"))
    assert (codes, refused.problems[0].where) == (["deadline.bad_start"], "--at")


def test_a_planned_day_is_known_before_it_comes(tmp_path: Path) -> None:
    plain = ask("filing", "2024-06-20")
    asked = read("filing", "2024-06-20", at="2024-06-10T09:00")
    filed = events(tmp_path, "- {event: completed, at: 2024-06-16}")
    early = read("filing", "2024-06-20", happened=filed, at="2024-06-21")

    # A share of the time since nobody knows when means nothing.
    assert moments(plain) == ["06-17 09:00"]
    assert (asked.clock.state, moments(asked)) == ("running", ["06-17 09:00"])
    assert asked.clock.remaining.days == 8
    assert [each.code for each in early.clock.remarks] == ["clock.too_early"]


def test_every_code_of_misuse_has_its_words() -> None:
    assert set(catalogue()) >= MISUSE
