"""Foundation's own periodic work: sending messages, throwing away what nobody needs any more."""

from __future__ import annotations

import time
from datetime import timedelta

from django.contrib.sessions.models import Session
from django_tasks import task

from zhijian.foundation import clock
from zhijian.foundation.drafts.models import Draft
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.jobs.models import Job, State
from zhijian.foundation.notifications import sending
from zhijian.foundation.notifications.models import Message
from zhijian.foundation.sharing.models import SharedEntry

_JOBS_KEPT = timedelta(days=180)
_DRAFTS_KEPT = timedelta(days=60)
_MESSAGES_KEPT = timedelta(days=400)
#: A worker that sends does nothing else; what is left over goes with the next sweep.
_SECONDS_OF_SENDING = 40.0


@task(takes_context=True)
def send_notifications(context: JobContext) -> dict[str, int]:
    """Send the mails and group messages that are due; several may run side by side."""
    end = time.monotonic() + _SECONDS_OF_SENDING
    counts = sending.send_waiting(lambda: not context.lost.is_set() and time.monotonic() < end)
    return {"sent": counts.sent, "failed": counts.failed}


@task()
def tidy() -> dict[str, int]:
    """Delete old jobs, drafts and messages, and sessions and shared values that are over."""
    now = clock.now()
    over = Job.objects.filter(state__in=(State.DONE, State.CANCELLED))
    return {
        "jobs": over.filter(finished_at__lt=now - _JOBS_KEPT).delete()[0],
        "drafts": Draft.objects.filter(saved_at__lt=now - _DRAFTS_KEPT).delete()[0],
        "messages": Message.objects.filter(made_at__lt=now - _MESSAGES_KEPT).delete()[0],
        "shared": SharedEntry.objects.filter(expires_at__lt=now).delete()[0],
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
    }
