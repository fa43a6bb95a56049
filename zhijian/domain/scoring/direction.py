"""Whether more is better or less, as a pack says of its score and of single lines."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal, cast

from zhijian.domain.policy.raw import Fields, refuse
from zhijian.domain.policy.values import Bands

Better = Literal["higher", "lower"]
DIRECTIONS = ("higher", "lower")
HIGHER: Better = "higher"
LOWER: Better = "lower"


def read_better(fields: Fields, default: Better) -> Better:
    """Read ``better: higher`` or ``better: lower``."""
    return cast(Better, fields.word("better", DIRECTIONS, default))


def check_direction(
    fields: Fields, better: Better, order: tuple[str, ...], every: tuple[Bands, ...]
) -> None:
    """Refuse a direction that all bands speak against; bands that turn back say nothing.

    ``fields`` are those of the scheme, ``order`` its grades, best first.
    """
    for bands in every:
        ranks = [order.index(str(band.gives)) for band in bands.bands]
        told = {
            HIGHER if right < left else LOWER for left, right in pairwise(ranks) if right != left
        }
        if told and better not in told:
            raise refuse(
                fields.maybe("better") or fields.raw,
                "scoring.better_against_bands",
                found=better,
                told=told.pop(),
            )
