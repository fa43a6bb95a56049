"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.incidents.views import bulletins, hints, register, report, safety

app_name = "incidents"

urlpatterns = [
    path("", register.register, name="register"),
    path("export.<slug:form>", register.export, name="export"),
    path("report/", report.kinds, name="kinds"),
    path("report/<slug:pack_id>/<slug:kind>/", report.report, name="report"),
    path("hints/", hints.hints, name="hints"),
    path("hints/<int:hint_id>/reported", hints.reported, name="reported"),
    path("hints/<int:hint_id>/none", hints.none, name="none"),
    path("hints/<int:hint_id>/again", hints.again, name="again"),
    path("hints/<int:hint_id>/concealed/", hints.concealed, name="concealed"),
    path("hazards/", safety.hazards, name="hazards"),
    path("duties/", safety.duties, name="duties"),
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/<int:bulletin_id>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:bulletin_id>/note", bulletins.note, name="note"),
]
