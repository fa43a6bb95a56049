"""The folder of a pack as files: strict YAML, and what it is not."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.domain.tiny import FILES
from zhijian.domain.policy.raw import Unquoted
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.packs import files
from zhijian.packs.files import Unparsable, digest, load_pack, parse, read_folder

PACK = Path(__file__).parents[3] / "packs" / "quarterly-service-quality"


def value(text: str) -> object:
    found = parse(f"a: {text}".encode(), "x.yaml").value
    assert isinstance(found, dict)
    return found["a"].value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5),
        ("-5", -5),
        ("'5'", "5"),
        ("0.1", Unquoted("0.1")),
        (".inf", Unquoted(".inf")),
        ("true", True),
        ("false", False),
        ("on", "on"),
        ("yes", "yes"),
        ("null", None),
        ("~", None),
        ("2024-01-05", date(2024, 1, 5)),
        ("2024-01", "2024-01"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("9" * 41, "9" * 41),
    ],
)
def test_only_what_is_plain_has_a_type(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"", "policy.file_empty", "x.yaml:1"),
        (b"# only a comment\n", "policy.file_empty", "x.yaml:1"),
        (b"a: 1\na: 2\n", "policy.key_twice", "x.yaml:2"),
        (b"a: [1\n", "policy.not_yaml", "x.yaml:2"),
        (b"a: 1\n---\nb: 2\n", "policy.not_yaml", "x.yaml:2"),
        (b"a: \x00\n", "policy.not_yaml", "x.yaml:1"),
        ("a: 质".encode("gbk"), "policy.not_utf8", "x.yaml"),
        (b"a: &x 1\nb: *x\n", "policy.alias", "x.yaml:1"),
        (b"? [a]\n: 1\n", "policy.key_not_a_word", "x.yaml:1"),
        (b"a: 2024-02-30\n", "policy.not_a_date", "x.yaml:1"),
        (b"[" * 32 + b"]" * 32, "policy.too_deep", "x.yaml:1"),
        (b"[" * 20_000, "policy.too_deep", "x.yaml:1"),
        (b"a" * 2_000_001, "policy.file_too_large", "x.yaml"),
    ],
)
def test_what_is_not_the_yaml_of_packs_is_refused(content: bytes, code: str, where: str) -> None:
    with pytest.raises(Unparsable) as caught:
        parse(content, "x.yaml")

    assert (caught.value.problem.code, caught.value.problem.where) == (code, where)


def test_what_is_no_yaml_is_told_with_what_was_found() -> None:
    with pytest.raises(Unparsable) as caught:
        parse(b"a: {b: 1: 2}\n", "x.yaml")

    why = "expected ',' or '}', but got ':'"
    assert caught.value.problem == Problem.at("x.yaml:1", "policy.not_yaml", why=why)


def test_the_quick_and_the_careful_reader_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = read_folder(PACK)
    monkeypatch.setattr(files, "_Quick", files._Careful)

    assert read_folder(PACK) == quick


def test_thirty_levels_are_deep_enough() -> None:
    assert isinstance(parse(b"[" * 31 + b"]" * 31, "x.yaml").value, tuple)


def test_a_mark_of_byte_order_is_no_sign() -> None:
    assert parse("\ufeffa: 1".encode(), "x.yaml").value.keys() == {"a"}  # type: ignore[union-attr]


def write(folder: Path, contents: dict[str, str]) -> Path:
    for path, text in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_becomes_a_pack(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "records" / "old.yaml").mkdir()
    (tmp_path / "README.md").write_text("# for people", encoding="utf-8")

    assert isinstance(load_pack(tmp_path), Pack)
    assert set(read_folder(tmp_path)[0]) == set(FILES)


def test_a_folder_without_files_is_no_pack(tmp_path: Path) -> None:
    found = load_pack(tmp_path)

    assert isinstance(found, tuple)
    assert [each.code for each in found] == ["policy.folder_empty"]


def test_a_folder_without_its_header_is_not_walked(tmp_path: Path) -> None:
    write(tmp_path, {"deep/one.yaml": "a: [", "two.json": "{}"})

    found = load_pack(tmp_path)

    assert isinstance(found, tuple)
    assert [each.code for each in found] == ["policy.folder_empty"]


def test_what_is_no_file_of_the_pack_is_refused_and_never_opened(tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", FILES)
    write(tmp_path, {"secret.yaml": "id: secret"})
    (pack / "records" / "out.yaml").symlink_to(tmp_path / "secret.yaml")
    (pack / "more").symlink_to(tmp_path, target_is_directory=True)
    (pack / "gone.yaml").symlink_to(pack / "nowhere.yaml")
    os.mkfifo(pack / "records" / "pipe.yaml")

    files, problems = read_folder(pack)

    assert set(files) == set(FILES)
    assert [(each.where, each.code) for each in problems] == [
        ("gone.yaml", "policy.leads_outside"),
        ("more", "policy.leads_outside"),
        ("records/out.yaml", "policy.leads_outside"),
        ("records/pipe.yaml", "policy.no_plain_file"),
    ]


@pytest.mark.parametrize("path", ["pack.yaml", "records/check.yaml", "scoring/main.yaml"])
def test_a_file_that_cannot_be_parsed_is_told_once(tmp_path: Path, path: str) -> None:
    write(tmp_path, {**FILES, path: "a: ["})

    found = load_pack(tmp_path)

    assert isinstance(found, tuple)
    assert [(each.code, each.where) for each in found] == [("policy.not_yaml", f"{path}:1")]


def test_the_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in "abc")
    write(one, FILES)
    write(two, FILES)
    write(three, {**FILES, "records/other.yaml": FILES["records/check.yaml"]})

    assert digest(one) == digest(two) != digest(three)
    (two / "pack.yaml").write_text(FILES["pack.yaml"] + " ", encoding="utf-8")
    assert digest(one) != digest(two)
