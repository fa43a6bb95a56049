"""How often something may be tried on the public pages."""

from __future__ import annotations

from zhijian.complaints.refusals import TooOften
from zhijian.foundation.rates import Rate

_HOUR = 3600

SENT_BY_ADDRESS = Rate("complaints.sent_by_address", 30, _HOUR)
SENT_WITHOUT_SCRIPTS = Rate("complaints.sent_without_scripts", 5, _HOUR)
SENT_BY_PHONE = Rate("complaints.sent_by_phone", 5, _HOUR)
TRACKED_BY_ADDRESS = Rate("complaints.tracked_by_address", 30, _HOUR)
TRACKED_NUMBER = Rate("complaints.tracked_number", 10, _HOUR)
"""For one number from one address: whoever guesses locks out themselves, not the person."""
TRACKED_BY_PHONE = Rate("complaints.tracked_by_phone", 100, _HOUR)
"""For one number from everywhere; beyond it the code still opens, which nobody can guess."""


def count(rate: Rate, whom: str) -> None:
    """Count one more; raise ``TooOften`` beyond the limit."""
    if not rate.allows(whom):
        raise TooOften("complaints.too_often", minutes=rate.seconds // 60)
