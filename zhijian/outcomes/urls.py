"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.outcomes.views import books, compensation, ledger, personal, remedies

app_name = "outcomes"

urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("ledger.<str:form>", ledger.export, name="export"),
    path("entries/<int:entry_id>/", ledger.entry, name="entry"),
    path("entries/<int:entry_id>/reverse", ledger.reverse, name="reverse"),
    path("entries/<int:entry_id>/amount", ledger.amount, name="type_amount"),
    path("remedies/", remedies.remedies, name="remedies"),
    path("remedies.<str:form>", remedies.export, name="export_remedies"),
    path("remedies/<int:remedy_id>/", remedies.remedy, name="remedy"),
    path("remedies/<int:remedy_id>/done", remedies.done, name="remedy_done"),
    path("remedies/<int:remedy_id>/verdict", remedies.verdict, name="remedy_verdict"),
    path("personal/", personal.decisions, name="personal"),
    path("personal.<str:form>", personal.export, name="export_personal"),
    path("personal/<int:decision_id>/", personal.decision, name="personal_decision"),
    path("personal/<int:decision_id>/decide", personal.decide, name="decide_personal"),
    path("personal/<int:decision_id>/answer", personal.answer, name="answer_personal"),
    path("personal/<int:decision_id>/object", personal.object_to, name="object_personal"),
    path("personal/<int:decision_id>/withdraw", personal.withdraw, name="withdraw_personal"),
    path("personal/propose/<int:version_id>/<slug:plan_id>/", personal.propose, name="propose"),
    path("people/", personal.people, name="people"),
    path("people/<int:person_id>/", personal.quality_file, name="quality_file"),
    path("compensation/", compensation.book, name="compensation"),
    path("compensation.<str:form>", compensation.export, name="export_compensation"),
    path("compensation/<int:entry_id>/", compensation.entry, name="compensation_entry"),
    path("compensation/owed/", compensation.kinds, name="owed_kinds"),
    path("compensation/owed/<slug:pack_id>/<slug:kind>/", compensation.owed, name="owed"),
    path("budgets/", books.books, name="books"),
    path("budgets/<str:pack_id>/<str:budget_id>/", books.book, name="book"),
    path("budgets/<str:pack_id>/<str:budget_id>/spend", books.spend, name="spend"),
    path("budgets/items/<int:item_id>/take-back", books.take_back, name="take_back"),
]
