"""Give Chinese sentences Chinese punctuation, wherever the project speaks: ``--check`` only tells.

Only signs between Chinese words are touched; brackets stay, because names are quoted with them.
Program text and YAML use the same signs, but always beside a quote, a space or a letter, so that
they stay as they are.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = {".py", ".html", ".po", ".yaml", ".md", ".js"}
# Regulations are printed there from the packs, signs and all.
PRINTED = ROOT / "docs" / "rules"
FULL_WIDTH = {",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "!": "\uff01", "?": "\uff1f"}

_CHINESE = "\u4e00-\u9fff\u3001-\u3011\u2018-\u201d\u3014\u3015\u25cb\u25cf\uff00-\uff5e"
# Beside a Chinese word there may stand a word of another script or a placeholder.
_SIGN = re.compile(
    rf"(?P<before>[{_CHINESE}])(?P<sign>[,:;!?])(?=[{_CHINESE}]|%\(|{{)"
    rf"|(?P<other>[\w}})])(?P<sign_after>[,:;!?])(?=[{_CHINESE}])"
)
_SIGN_AT_END = re.compile(rf"(?P<before>[{_CHINESE}])(?P<sign>[:;!?])(?=</|\"|{{%)")


def mended(text: str) -> str:
    """Return ``text`` with the signs that belong between Chinese words."""
    text = _SIGN.sub(_full_width, text)
    return _SIGN_AT_END.sub(lambda found: found["before"] + FULL_WIDTH[found["sign"]], text)


def _full_width(found: re.Match[str]) -> str:
    before = found["before"] or found["other"]
    return before + FULL_WIDTH[found["sign"] or found["sign_after"]]


def main(arguments: list[str]) -> int:
    """Mend every file of the project, or name those that need it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    stale = []
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix not in SUFFIXES or not path.is_file() or path == Path(__file__).resolve():
            continue
        if PRINTED in path.parents:
            continue
        text = path.read_text(encoding="utf-8")
        # Lines of comma-separated values keep their commas.
        lines = (line if "csv" in line else mended(line) for line in text.splitlines(keepends=True))
        if (better := "".join(lines)) != text:
            stale.append(name)
            if "--check" not in arguments:
                path.write_text(better, encoding="utf-8")
    for name in stale:
        print(name)
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
