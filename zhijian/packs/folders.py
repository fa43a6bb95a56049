"""Where packs lie: a folder that is named outright, or one below ``packs/`` named by its id."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from zhijian.domain.problems import Problem

# The packs that come with the program; a folder ``packs/`` where the command runs comes first.
_OWN = Path(__file__).resolve().parents[2] / "packs"


def find_folder(name: str, beside: Path | None = None) -> Path | Problem:
    """Return the folder that ``name`` means; ``beside`` is another pack, whose neighbors count."""
    roots = tuple(_roots(beside))
    for folder in (Path(name), *(root / name for root in roots)):
        if name and folder.is_dir():
            return folder.resolve()
    known = sorted({each.name for root in roots for each in root.iterdir() if each.is_dir()})
    return Problem.at(name, "pack.not_found", found=name, known=", ".join(known))


def _roots(beside: Path | None) -> Iterator[Path]:
    wanted = (beside.parent if beside else None, Path.cwd() / "packs", _OWN)
    return (root for root in wanted if root is not None and root.is_dir())


def all_folders() -> list[Path]:
    """Return every pack and calendar, from ``packs/`` here or else from those of the program."""
    root = next(_roots(None), None)
    return sorted(each for each in root.iterdir() if each.is_dir()) if root else []
