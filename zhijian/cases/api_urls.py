"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.cases import api

urlpatterns = [
    path("cases", api.Cases.as_view(), name="api-cases"),
    path("cases/<int:case_id>", api.OneCase.as_view(), name="api-case"),
    path("cases/<int:case_id>/steps", api.CaseSteps.as_view(), name="api-case-steps"),
    path("cases/<int:case_id>/comments", api.CaseComments.as_view(), name="api-case-comments"),
    path("cases/<int:case_id>/evidence", api.CaseFiles.as_view(), name="api-case-evidence"),
]
