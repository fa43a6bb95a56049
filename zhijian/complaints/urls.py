"""Addresses of this room; those below ``at/`` and ``track/`` ask for no account."""

from __future__ import annotations

from django.urls import path

from zhijian.complaints.views import desk, offices, public, queue, report, tracking

app_name = "complaints"

urlpatterns = [
    path("", queue.queue, name="queue"),
    path("take/", desk.kinds, name="take"),
    path("take/<slug:pack_id>/<slug:kind>/", desk.desk, name="desk"),
    path("take/<slug:pack_id>/<slug:kind>/caller", desk.caller, name="caller"),
    path("report/", report.report, name="report"),
    path("report/<slug:by>.<slug:form>", report.export, name="export"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<int:office_id>/", offices.office, name="office"),
    path("offices/<int:office_id>/close", offices.close, name="close_office"),
    path("offices/<int:office_id>/open", offices.reopen, name="open_office"),
    path("at/<str:code>/", public.public, name="public"),
    path("track/", tracking.track, name="track"),
    path("track/<slug:step>", tracking.act, name="act"),
]
