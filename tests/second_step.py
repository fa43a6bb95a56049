"""The second step of signing in, as the app on a phone takes it."""

from __future__ import annotations

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as counters


def code_for(secret: str) -> str:
    """Return the code that counts now."""
    return format_hotp_value(hotp_value(secret, next(iter(counters()))))
