"""How long a thousand golden examples take: those of the delivered packs, again until there are
a thousand. Every one must be green. Prints seconds as JSON.
"""

from __future__ import annotations

import json
import time
from itertools import cycle, islice
from pathlib import Path

from zhijian.domain.regulation.examples import run_example
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.calendars import load_calendar
from zhijian.packs.files import load_pack

COUNT = 1000
_PACKS = Path(__file__).parents[1] / "packs"


def main() -> None:
    """Run them and say how long it took."""
    calendar = load_calendar(_PACKS / "calendar-cn")
    packs = [load_pack(path.parent) for path in sorted(_PACKS.glob("*/pack.yaml"))]
    every = [(pack, raw) for pack in packs if isinstance(pack, Pack) for raw in pack.examples]
    begun = time.perf_counter()
    for pack, raw in islice(cycle(every), COUNT):
        verdict = run_example(pack, raw, calendar)
        if verdict.problems:
            raise SystemExit(f"{pack.id}: {verdict}")
    print(json.dumps({"seconds": time.perf_counter() - begun, "different": len(every)}))


if __name__ == "__main__":
    main()
