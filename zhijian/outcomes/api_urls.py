"""Doors of this room for programs, below ``api/``."""

from __future__ import annotations

from django.urls import path

from zhijian.outcomes import api, compensation_api, personal_api, remedy_api

_BUDGET = "budgets/<slug:pack_id>/<slug:budget_id>"

urlpatterns = [
    path("remedies", remedy_api.Remedies.as_view(), name="api-remedies"),
    path(
        "remedies/<int:remedy_id>/done",
        remedy_api.RemedyDone.as_view(),
        name="api-remedy-done",
    ),
    path(
        "remedies/<int:remedy_id>/verdict",
        remedy_api.RemedyVerdict.as_view(),
        name="api-remedy-verdict",
    ),
    path("compensation", compensation_api.Compensation.as_view(), name="api-compensation"),
    path(
        "compensation/<slug:pack_id>/<slug:kind>/owed",
        compensation_api.Owed.as_view(),
        name="api-compensation-owed",
    ),
    path("personal", personal_api.Personal.as_view(), name="api-personal"),
    path(
        "personal/<int:decision_id>/decide",
        personal_api.PersonalDecided.as_view(),
        name="api-personal-decide",
    ),
    path(
        "personal/<int:decision_id>/answer",
        personal_api.PersonalAnswered.as_view(),
        name="api-personal-answer",
    ),
    path(
        "personal/<int:decision_id>/object",
        personal_api.PersonalObjected.as_view(),
        name="api-personal-object",
    ),
    path("ledger", api.Entries.as_view(), name="api-ledger"),
    path("ledger/<int:entry_id>/amount", api.Amount.as_view(), name="api-amount"),
    path(_BUDGET, api.Budget.as_view(), name="api-budget"),
    path(f"{_BUDGET}/items", api.BudgetItems.as_view(), name="api-budget-items"),
]
