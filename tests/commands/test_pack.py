"""``zhijian pack``: check, show and template."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.workbooks import FOLDER, template
from zhijian.accounts import roles as accounts
from zhijian.config.cli import main
from zhijian.domain.regulation.roles import ROLES


def asked(*arguments: object) -> int:
    return main(["pack", *map(str, arguments)])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER.parent / "calendar-cn", tmp_path / "calendar-cn")
    return shutil.copytree(FOLDER, tmp_path / FOLDER.name)


def test_a_sound_pack_is_green(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked("check", FOLDER) == 0
    told = capsys.readouterr().out
    assert "✓ quarterly-service-quality" in told
    assert "示例" in told


def test_a_problem_names_file_line_and_code(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "records" / "self_check.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    line = len(path.read_text(encoding="utf-8").splitlines())

    assert asked("check", copy) == 1
    told = capsys.readouterr().out
    assert f"records/self_check.yaml:{line} policy.unknown_key " in told


def test_a_red_example_is_told(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = copy / "examples" / "whole.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('score: "96.00"', 'score: "96.01"', 1), encoding="utf-8")

    assert asked("check", copy, "--json") == 1
    checked = json.loads(capsys.readouterr().out)
    assert [each["code"] for each in checked[0]["problems"]] == ["examples.differs"]
    assert "96.01" in checked[0]["problems"][0]["message"]


def test_a_folder_of_packs_is_checked_whole(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked("check", copy.parent) == 0
    assert "共 1 个政策包" in capsys.readouterr().out


@pytest.mark.parametrize("before", [True, False])
def test_the_language_stands_before_or_after_the_command(
    copy: Path, before: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    language, rest = ["--lang", "en"], ["pack", "check", str(copy)]

    assert main([*language, *rest] if before else [*rest, *language]) == 0
    assert "1 packs, 0 with problems" in capsys.readouterr().out


def test_an_unknown_pack_is_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked("check", "no-such-pack") == 2
    assert "pack.not_found" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("# XX公司服务质量管理办法(试行)", "## 参数", "**DEFAULT**", "四舍五入至 2 位小数")),
        ("en", ("## Parameters", "**DEFAULT**", "rounded halves up to 2 decimals", "On trial")),
    ],
)  # fmt: skip
def test_the_regulation_is_printed(
    language: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("show", FOLDER, "--lang", language) == 0
    told = capsys.readouterr().out
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_pack_can_be_printed(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in FOLDER.parent.glob("*/pack.yaml"):
        assert asked("show", folder.parent, "--lang", language) == 0
        assert len(capsys.readouterr().out.splitlines()) > 50


def test_the_template_is_written(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert asked("template", FOLDER, "-o", path, "--period", "2024Q1") == 0
    assert path.read_bytes() == template()


def test_no_template_for_a_period_that_cannot_be_assessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for period, code in (("2024-01", "assess.period_kind"), ("1999Q1", "assess.not_yet")):
        assert asked("template", FOLDER, "-o", tmp_path / "t.xlsx", "--period", period) == 1
        assert code in capsys.readouterr().err
    assert not (tmp_path / "t.xlsx").exists()


def test_a_role_that_nobody_can_have_is_told(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy / "records" / "self_check.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("entered_by: [", "entered_by: [boss, "), encoding="utf-8")

    assert asked("check", copy) == 1
    assert "records/self_check.yaml policy.unknown_word" in capsys.readouterr().out


def test_packs_name_the_roles_that_people_can_be_given() -> None:
    assert tuple(accounts.ROLES) == tuple(ROLES)


def test_an_empty_folder_is_named_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked("check", tmp_path) == 1
    assert capsys.readouterr().out.startswith(f"{tmp_path} policy.folder_empty")


def test_a_place_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("template", FOLDER, "-o", tmp_path / "no" / "t.xlsx") == 2
    assert "assess.not_written" in capsys.readouterr().err
