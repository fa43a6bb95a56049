"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.assessments.api import objections, results, steps

_ONE = "assessments/<int:assessment_id>"
_OBJECTION = "objections/<int:objection_id>"

urlpatterns = [
    path("assessments", steps.Assessments.as_view(), name="api-assessments"),
    path(_ONE, steps.OneAssessment.as_view(), name="api-assessment"),
    path(f"{_ONE}/compute", steps.Compute.as_view(), name="api-compute"),
    path(f"{_ONE}/submit", steps.Submit.as_view(), name="api-submit"),
    path(f"{_ONE}/send-back", steps.SendBack.as_view(), name="api-send-back"),
    path(f"{_ONE}/approve", steps.Approve.as_view(), name="api-approve"),
    path(f"{_ONE}/correction", steps.Reopen.as_view(), name="api-correction"),
    path(f"{_ONE}/cancellation", steps.Cancel.as_view(), name="api-cancellation"),
    path(f"{_ONE}/publish", steps.Publish.as_view(), name="api-publish"),
    path(f"{_ONE}/results", results.Results.as_view(), name="api-results"),
    path(f"{_ONE}/objections", objections.Objections.as_view(), name="api-objections"),
    path("sheets/<int:sheet_id>", results.Sheet.as_view(), name="api-sheet"),
    path(
        "sheets/<int:sheet_id>/objections",
        objections.SheetObjections.as_view(),
        name="api-sheet-objections",
    ),
    path(_OBJECTION, objections.OneObjection.as_view(), name="api-objection"),
    path(f"{_OBJECTION}/decision", objections.Decide.as_view(), name="api-decide"),
    path(f"{_OBJECTION}/withdrawal", objections.Withdraw.as_view(), name="api-withdraw"),
]
