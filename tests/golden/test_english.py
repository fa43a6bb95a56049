"""Whoever reads English finds every text of every pack in English; names of units stay."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from zhijian.domain.regulation.examples import example_name
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.wording import texts_of
from zhijian.packs.files import load_pack
from zhijian.packs.printing.regulation import regulation

#: Whether every branch is tried is seen by other tests.
pytestmark = pytest.mark.no_cover
PACKS = Path(__file__).parents[2] / "packs"
FOLDERS = sorted(path.parent for path in PACKS.glob("*/pack.yaml"))
CHINESE = re.compile(r"[\u3400-\u9fff]")

every_pack = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@cache
def pack_of(folder: Path) -> Pack:
    pack = load_pack(folder)
    assert isinstance(pack, Pack), pack
    return pack


@every_pack
def test_every_text_of_a_pack_has_its_english(folder: Path) -> None:
    pack = pack_of(folder)
    told = (*texts_of(pack), *map(example_name, pack.examples))
    assert len(told) > 50
    lacking = {each.zh for each in told if CHINESE.search(each.zh) and not each.en}
    assert lacking == set()
    assert [each.en for each in told if CHINESE.search(each.en)] == []


@every_pack
def test_the_english_regulation_holds_no_chinese_but_the_names_of_units(folder: Path) -> None:
    pack = pack_of(folder)
    printed = regulation(pack, "0" * 64, "en")
    for unit in pack.header.units:
        printed = printed.replace(unit, "")
    assert [line for line in printed.splitlines() if CHINESE.search(line)] == []


@every_pack
def test_the_chinese_regulation_names_no_role_by_its_code(folder: Path) -> None:
    printed = regulation(pack_of(folder), "0" * 64, "zh")
    assert "| committee |" not in printed
    assert "working_group" not in re.sub(r"`[^`]*`", "", printed)
