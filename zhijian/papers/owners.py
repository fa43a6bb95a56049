"""Whose files these are, and what people are told."""

from __future__ import annotations

from typing import Final

PDF: Final = "papers.paper"
"""The archived papers; the key is that of the paper."""

ISSUED: Final = "papers.issued"
WITHDRAWN: Final = "papers.withdrawn"
EXTENDED: Final = "papers.extended"
EVENTS: Final = (ISSUED, WITHDRAWN, EXTENDED)
