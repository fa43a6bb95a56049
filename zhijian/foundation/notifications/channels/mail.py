"""A mail to one person, as text and as a page, in their language."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from zhijian.foundation.notifications.channels.failing import NeverSent, NotSent

_PERMANENT = range(500, 600)


def send(recipient: Any, number: int, told: dict[str, str]) -> None:
    """Send what was told (``subject``, ``text``, ``link``, ``language``) to a person.

    The ``Message-ID`` is made from the number of the sending: should a mail go out twice, mail
    programs can see that it is the same one.
    """
    if not (recipient.is_active and recipient.email):
        raise NeverSent("notifications.no_mail_address")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    mail = EmailMultiAlternatives(
        told["subject"],
        render_to_string("mail/notification.txt", told),
        to=[recipient.email],
        headers={
            "Message-ID": f"<zhijian.{number}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("mail/notification.html", told), "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        kind = NeverSent if code in _PERMANENT else NotSent
        raise kind("notifications.mail_refused", reason=_readable(reason)) from error
    except (OSError, smtplib.SMTPException) as error:
        reason = str(error) or type(error).__name__
        raise NotSent("notifications.mail_failed", reason=reason) from error


def _readable(reason: bytes | str) -> str:
    return reason.decode(errors="replace") if isinstance(reason, bytes) else reason
