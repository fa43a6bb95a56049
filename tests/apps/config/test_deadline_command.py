import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from zhijian.config import cli

DEFECTS = str(Path(__file__).parents[1] / "packs" / "service-defects")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.main(["deadline", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    code, out, err = run(capsys, *arguments, "--json")
    assert err == ""
    return code, json.loads(out)


def test_the_strip_is_printed_day_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, DEFECTS, "serious", "--from", "2026-02-13T09:00")

    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0] == "严重缺陷纠正 [第一条]"
    assert lines[1:3] == ["起算：2026-02-13 09:00:00", "到期：2026-02-25 23:59:59 (星期三)"]
    assert lines[4:7] == [
        "  2026-02-13(星期五)起算日，不计入：工作日",
        "  2026-02-14(星期六)第 1 个工作日：调休上班(春节)",
        "  2026-02-15(星期日)不计入：春节放假",
    ]
    assert lines[-1] == "  2026-02-25(星期三)第 3 个工作日：工作日"


def test_a_deadline_in_a_year_without_notice_is_said_to_be_provisional(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, _ = run(capsys, DEFECTS, "serious", "--from", "2026-12-30", "--lang", "en")

    assert code == 0
    assert "due: 2027-01-04 23:59:59 (Monday) provisional" in out
    assert "note: The holidays of 2027 are not published yet" in out


def test_the_answer_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, data = run_json(capsys, DEFECTS, "serious", "--from", "2026-02-13T09:00")

    assert code == 0
    assert list(data) == [
        *("limit", "from", "due", "provisional", "calendar", "strip"),
        *("reminders", "escalation", "warnings"),
    ]
    assert data["limit"] == "serious"
    assert data["from"] == "2026-02-13T09:00:00+08:00"
    assert data["due"] == "2026-02-25T23:59:59+08:00"
    assert data["provisional"] is False
    assert data["calendar"]["id"] == "calendar-cn"
    assert len(data["calendar"]["digest"]) == 64
    assert data["strip"][:3] == [
        {"day": "2026-02-13", "counted": False, "why": "start", "number": None},
        {"day": "2026-02-14", "counted": True, "why": "make_up 春节", "number": 1},
        {"day": "2026-02-15", "counted": False, "why": "holiday 春节", "number": None},
    ]
    assert data["warnings"] == []


def test_reminders_and_levels_are_printed_and_the_clock_when_asked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, _ = run(capsys, DEFECTS, "handling", "--from", "2026-02-13T09:00")
    assert code == 0
    assert out.splitlines()[-4:] == [
        "提醒：2026-02-24 09:00:00",
        "提醒：2026-02-24 12:00:00",
        "升级第 1 级：2026-02-26 00:00:00 → 领导",
        "升级第 2 级：2026-02-27 00:00:00 → 质量管理委员会",
    ]

    happened = tmp_path / "events.yaml"
    happened.write_text(
        '- {event: paused, at: "2026-02-14T10:00", reason: user, consent: true}\n'
        '- {event: resumed, at: "2026-02-14T16:00"}\n',
        encoding="utf-8",
    )
    arguments = (DEFECTS, "handling", "--from", "2026-02-13T09:00", "--events", str(happened))
    code, out, _ = run(capsys, *arguments, "--at", "2026-02-24T12:00", "--lang", "en")
    lines = out.splitlines()
    assert code == 0
    assert lines[2] == "due: 2026-02-26 23:59:59 (Thursday)"
    assert "  2026-02-14 (Saturday) paused, not counted: wish of the user" in lines
    assert lines[-3] == "Running; due by 2026-02-26 23:59:59, this second included."
    assert lines[-2].startswith("Of 3 days that count, 12 hours (16 %) are used")


@pytest.mark.req("SYS-02")
def test_the_clock_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (DEFECTS, "handling", "--from", "2026-02-13T09:00", "--at", "2026-02-26T08:00")
    code, data = run_json(capsys, *arguments)

    assert code == 0
    assert data["reminders"] == [
        {"at": "2026-02-24T09:00:00+08:00"},
        {"at": "2026-02-24T12:00:00+08:00", "share": "0.5"},
    ]
    assert data["escalation"] == [
        {"level": 1, "at": "2026-02-26T00:00:00+08:00", "to": "leader"},
        {"level": 2, "at": "2026-02-27T00:00:00+08:00", "to": "committee"},
    ]
    digest = data["calendar"]["digest"]
    assert data["clock"] == {
        "limit": "handling",
        "title": {"zh": "缺陷处理", "en": "Handling of a defect"},
        "state": "overdue",
        "at": "2026-02-26T08:00:00+08:00",
        "ended": False,
        "started": "2026-02-13T09:00:00+08:00",
        "due": "2026-02-25T23:59:59+08:00",
        "pause_is_open": False,
        "in_days": True,
        "allowed": 259200,
        "used": 259200,
        "remaining": 0,
        "share": "1",
        "overdue": 28801,
        "overdue_days": 1,
        "grounds": [
            {
                "kind": "limit",
                "at": "2026-02-13T09:00:00+08:00",
                "cites": "第一条",
                "title": {"zh": "", "en": ""},
            }
        ],
        "unpublished": [],
        "calendar": "calendar-cn",
        "digest": digest,
    }


def test_spans_pauses_and_agreed_moments_for_programs(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, data = run_json(capsys, DEFECTS, "visit", "--from", "2026-02-13T11:00")

    assert code == 0
    assert data["strip"] == [
        {
            "day": "2026-02-13",
            "counted": True,
            "why": "weekday",
            "number": 1,
            "since": "2026-02-13T11:00:00+08:00",
            "until": "2026-02-13T12:00:00+08:00",
        },
        {
            "day": "2026-02-13",
            "counted": True,
            "why": "weekday",
            "number": 4,
            "since": "2026-02-13T14:00:00+08:00",
            "until": "2026-02-13T17:00:00+08:00",
        },
    ]
    happened = tmp_path / "events.yaml"
    happened.write_text(
        "- {event: paused, at: 2026-02-14, reason: user, consent: true, until: 2026-02-15}\n",
        encoding="utf-8",
    )
    arguments = (DEFECTS, "handling", "--from", "2026-02-13", "--events", str(happened))
    code, data = run_json(capsys, *arguments)
    assert data["strip"][1] == {
        "day": "2026-02-14",
        "counted": False,
        "why": "pause",
        "number": None,
        "pause": "用户要求",
    }


@pytest.mark.req("ASM-16")
def test_a_meeting_on_a_sunday_keeps_its_day_and_warns(capsys: pytest.CaptureFixture[str]) -> None:
    code, data = run_json(capsys, DEFECTS, "meeting", "--from", "2022-03-31")

    assert code == 0
    assert data["due"] == "2022-04-10T23:59:59+08:00"
    assert [each["code"] for each in data["warnings"]] == ["deadline.on_rest_day"]


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        ((DEFECTS, "huge", "--from", "2026-02-13"), 2, "deadline.unknown_limit"),
        ((DEFECTS, "serious", "--from", "13.2.2026"), 2, "deadline.bad_start"),
        (("no-such-pack", "serious", "--from", "2026-02-13"), 2, "pack.not_found"),
        ((DEFECTS, "serious", "--from", "2023-12-31"), 1, "deadline.not_yet"),
    ],
)
def test_what_cannot_be_answered_says_why_and_has_its_exit_code(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, problem: str
) -> None:
    told, out, err = run(capsys, *arguments)
    assert (told, out) == (code, "")
    assert problem in err
    assert len(err.splitlines()) == 1

    told, data = run_json(capsys, *arguments)
    assert told == code
    assert [each["code"] for each in data["problems"]] == [problem]
    assert "{" not in data["problems"][0]["message"]


def test_a_missing_argument_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["deadline", DEFECTS, "serious"])

    assert caught.value.code == 2
    assert "--from" in capsys.readouterr().err


def test_the_command_answers_without_django() -> None:
    program = (
        "import sys; from zhijian.config.cli import main; "
        f"code = main(['deadline', {DEFECTS!r}, 'small', '--from', '2026-02-13']); "
        "sys.exit(3 if 'django' in sys.modules else code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, encoding="utf-8"
    )

    assert done.returncode == 0, done.stderr
    assert "到期：2026-02-13 23:59:59 (星期五)" in done.stdout
