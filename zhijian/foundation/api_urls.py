"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.foundation.api import jobs, notifications

urlpatterns = [
    path("jobs", jobs.JobsView.as_view(), name="api-jobs"),
    path("jobs/<uuid:job_id>", jobs.JobView.as_view(), name="api-job"),
    path("notifications", notifications.Notifications.as_view(), name="api-notifications"),
    path("notifications/read", notifications.Read.as_view(), name="api-notifications-read"),
]
