"""Gathers the models of foundation's parts, where Django looks for them."""

from zhijian.foundation.audit.models import AuditEntry, AuditHead
from zhijian.foundation.drafts.models import Draft
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.idempotency.models import AnsweredRequest
from zhijian.foundation.jobs.models import Job, JobEffect, PeriodicJob
from zhijian.foundation.notifications.models import (
    Delivery,
    Message,
    Notification,
    Preference,
    Robot,
)
from zhijian.foundation.numbering.models import NumberSeries
from zhijian.foundation.sharing.models import SharedEntry

__all__ = [
    "AnsweredRequest",
    "AuditEntry",
    "AuditHead",
    "Delivery",
    "Draft",
    "Job",
    "JobEffect",
    "Message",
    "Notification",
    "NumberSeries",
    "PeriodicJob",
    "Preference",
    "Robot",
    "SharedEntry",
    "StoredFile",
]
