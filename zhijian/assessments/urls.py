"""Addresses of this room."""

from __future__ import annotations

from django.urls import include, path

from zhijian.assessments.views import decisions, editions, matrix, objections, periods, sheets

app_name = "assessments"

urlpatterns = [
    path("", periods.assessments, name="list"),
    path("trial/", include("zhijian.assessments.trial_urls")),
    path("open/", periods.open_period, name="open"),
    path("<int:assessment_id>/", matrix.matrix, name="matrix"),
    path("<int:assessment_id>/matrix.<str:form>", matrix.export, name="export"),
    path("<int:assessment_id>/compute/", decisions.compute, name="compute"),
    path("<int:assessment_id>/submit/", decisions.submit, name="submit"),
    path("<int:assessment_id>/send-back/", decisions.send_back, name="send_back"),
    path("<int:assessment_id>/approve/", decisions.approve, name="approve"),
    path("<int:assessment_id>/publish/", decisions.publish, name="publish"),
    path("<int:assessment_id>/editions/", editions.editions, name="editions"),
    path("<int:assessment_id>/reopen/", editions.reopen, name="reopen"),
    path("<int:assessment_id>/cancel/", editions.cancel, name="cancel"),
    path("<int:assessment_id>/meeting/", decisions.meeting, name="meeting"),
    path("<int:assessment_id>/objections/", objections.objections, name="objections"),
    path("sheets/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("sheets/<int:sheet_id>/impact/", sheets.impact, name="impact"),
    path("sheets/<int:sheet_id>/grade/", decisions.confirm_grade, name="confirm_grade"),
    path("sheets/<int:sheet_id>/lines/<str:line>/", sheets.line, name="line"),
    path("sheets/<int:sheet_id>/lines/<str:line>/object/", objections.object_to, name="object"),
    path("objections/<int:objection_id>/", objections.objection, name="objection"),
    path("objections/<int:objection_id>/withdraw/", objections.withdraw, name="withdraw"),
]
