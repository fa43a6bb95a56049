"""Addresses of this room."""

from __future__ import annotations

from django.urls import include, path

from zhijian.intake.views import books, entry, imports, lists, records

app_name = "intake"

_KIND = [
    path("", lists.records, name="records"),
    path("new", entry.enter, name="enter"),
    path("sum", entry.summed, name="sum"),
    path("carry", lists.carry, name="carry"),
    path("export.<str:form>", lists.export, name="export"),
]
_BOOK = [
    path("", books.book, name="book"),
    path("import", imports.imports, name="imports"),
    path("template.xlsx", imports.template, name="template"),
    path("<slug:kind>/", include(_KIND)),
]

urlpatterns = [
    path("", books.books, name="books"),
    path("records/<int:record_id>/", records.record, name="record"),
    path("records/<int:record_id>/change", entry.change, name="change"),
    path("records/<int:record_id>/void", entry.void, name="void"),
    path("records/<int:record_id>/evidence", records.evidence, name="evidence"),
    path("imports/<int:batch_id>/", imports.batch, name="batch"),
    path("imports/<int:batch_id>/marked.xlsx", imports.marked, name="marked"),
    path("imports/<int:batch_id>/commit", imports.commit, name="commit"),
    path("imports/<int:batch_id>/undo", imports.undo, name="undo"),
    path("imports/<int:batch_id>/discard", imports.discard, name="discard"),
    path("books/<slug:pack_id>/<str:period>/", include(_BOOK)),
]
