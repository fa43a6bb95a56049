"""How fast lists of cases, searches and single cases come from a filled site, as people get them.

Starts ``zhijian serve`` on the site of its environment and signs in like a person. Every answer is
checked. Prints milliseconds as JSON.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from bench.case_filling import RARE, WORDS
from bench.pages import Visitor, load, served

_WARM_UP = 40
_WEB_PROCESSES = 4


def main() -> None:
    """Serve, sign in, and measure each kind of page alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--opened", type=int, nargs="+", required=True)
    parser.add_argument("--requests", type=int, default=200)
    args = parser.parse_args()
    told: dict[str, Any] = {}
    with served(_WEB_PROCESSES) as site:
        first = Visitor(site.port, {})
        first.sign_in()
        for name, paths in pages(args.opened).items():
            load(first, paths, 4, _WARM_UP, shows="</html>")
            before = site.processor_seconds
            taken = load(first, paths, 1, args.requests, shows="</html>")
            worked = (site.processor_seconds - before) / len(taken)
            told[name] = {"ms": taken, "processor_ms": round(worked * 1000, 1)}
        mebibytes = site.mebibytes
    print(json.dumps({**told, "mebibytes": mebibytes}))


def pages(opened: list[int]) -> dict[str, list[str]]:
    """Return the addresses of each kind of page; of searches, half name what is rare."""
    kind = quote("nonconformity-hotel:guest_complaint")
    words = [word for pair in zip(RARE, WORDS, strict=False) for word in pair]
    words += [f"{one}{other}" for one, other in pairwise(WORDS)]
    return {
        "list": [
            "/cases/",
            "/cases/?shown=overdue",
            f"/cases/?kind={kind}&state=open",
            "/cases/?unit=7",
            "/cases/?owner=me",
        ],
        "search": [f"/cases/?shown=all&q={quote(word)}" for word in words]
        + [f"/cases/?q={quote(word)}" for word in words],
        "case": [f"/cases/{pk}/" for pk in opened],
    }


if __name__ == "__main__":
    main()
