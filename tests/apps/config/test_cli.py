"""The command line as others script against it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from zhijian.config import cli

ROOT = Path(__file__).parents[3]


def test_an_unknown_command_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["no-such-command"])

    assert ended.value.code == 2
    assert "no-such-command" in capsys.readouterr().err


def test_help_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])

    assert ended.value.code == 0
    assert "manage" in capsys.readouterr().out


def test_manage_hands_everything_to_django() -> None:
    answer = _run("manage", "check", "--tag", "urls")

    assert (answer.returncode, "no issues" in answer.stdout) == (0, True)
    assert _run("manage", "no-such-command").returncode == 1


def test_the_command_line_starts_without_django() -> None:
    answer = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from zhijian.config import cli; cli._parser(); "
            "print([name for name in ('django', 'polars', 'numpy') if name in sys.modules])",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == "[]"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "zhijian.config.cli", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
