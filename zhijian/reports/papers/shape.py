"""What a paper must know of a scheme: which end is better, the scale, the parts."""

from __future__ import annotations

from typing import Any

from zhijian.domain.exact import plain
from zhijian.domain.scoring.scheme import Scheme


def shape_of(scheme: Scheme) -> dict[str, Any]:
    """Return direction and scale of the score, and the parts with their titles and directions."""
    low, high = scheme.scale
    return {
        "better": scheme.better,
        "scale": [plain(low), plain(high)],
        "parts": [
            {"id": name, "title": scheme.line(name).title.zh, "better": scheme.better_of(name)}
            for name in scheme.components
        ],
    }
