"""One order of the rooms: the import contract, the list of rooms and the map all tell it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from zhijian.config.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]


def layers() -> list[list[str]]:
    """Return the rooms of the import contract, outermost first; siblings share a line."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(
        each
        for each in told["tool"]["importlinter"]["contracts"]
        if each.get("containers") == ["zhijian"]
    )
    assert contract["exhaustive"]
    return [[name.strip() for name in line.split("|")] for line in contract["layers"]]


def rooms() -> list[str]:
    return [room for line in layers() for room in line if room not in ("config", "domain")]


def test_every_room_is_installed_in_the_order_of_the_contract() -> None:
    place = {room: number for number, line in enumerate(reversed(layers())) for room in line}
    installed = [room.name for room in ROOMS]

    assert sorted(installed) == sorted(rooms())
    assert installed == sorted(installed, key=place.__getitem__)


def test_the_map_names_every_room_in_that_order() -> None:
    table = (ROOT / "docs" / "map.md").read_text(encoding="utf-8").split("Outside the program")[0]

    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [
        room for line in layers() for room in line
    ]
