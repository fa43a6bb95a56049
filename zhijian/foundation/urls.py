"""Addresses of foundation: jobs, files, drafts, notifications."""

from __future__ import annotations

from django.urls import path

from zhijian.foundation.notifications.asking import BELL
from zhijian.foundation.views import drafts, files, jobs, notifications, robots

app_name = "foundation"

urlpatterns = [
    path("jobs/", jobs.job_list, name="jobs"),
    path("jobs/<uuid:job_id>/", jobs.job_detail, name="job"),
    path("jobs/<uuid:job_id>/progress", jobs.job_progress, name="job_progress"),
    path("jobs/<uuid:job_id>/cancel", jobs.job_cancel, name="job_cancel"),
    path("jobs/<uuid:job_id>/retry", jobs.job_retry, name="job_retry"),
    path("files/<int:file_id>/", files.download, name="file"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/discard/<path:key>", drafts.discard, name="discard_draft"),
    path("drafts/form/<path:key>", drafts.draft, name="draft"),
    path("notifications/", notifications.notifications, name="notifications"),
    path(f"notifications{BELL}", notifications.bell, name="bell"),
    path("notifications/read", notifications.read_all, name="read_all"),
    path("notifications/settings", notifications.settings, name="notification_settings"),
    path("notifications/<int:notification_id>/", notifications.follow, name="notification"),
    path("notifications/robots/", robots.robots, name="robots"),
    path("notifications/robots/new", robots.new_robot, name="new_robot"),
    path("notifications/robots/<int:robot_id>/", robots.robot, name="robot"),
    path("notifications/robots/<int:robot_id>/test", robots.test, name="test_robot"),
    path("notifications/robots/<int:robot_id>/remove", robots.remove, name="remove_robot"),
    path("notifications/sendings/<int:delivery_id>/retry", robots.retry, name="retry_sending"),
]
