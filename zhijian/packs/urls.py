"""Addresses of the regulations."""

from __future__ import annotations

from django.urls import path

from zhijian.packs.views import deciding, document, drafting, reading, signing

app_name = "packs"

urlpatterns = [
    path("", reading.packs, name="packs"),
    path("upload", drafting.upload, name="upload"),
    path("of/<slug:pack_id>/", reading.pack, name="pack"),
    path("of/<slug:pack_id>/review", deciding.review, name="review"),
    path("of/<slug:pack_id>/units", deciding.follow, name="follow"),
    path(
        "of/<slug:pack_id>/units/<int:subscription_id>/end",
        deciding.end_following,
        name="end_following",
    ),
    path("<int:version_id>/", document.version, name="version"),
    path("<int:version_id>/coverage", reading.coverage, name="coverage"),
    path("<int:version_id>/examples", reading.examples, name="examples"),
    path("<int:version_id>/check", reading.check, name="check"),
    path("<int:version_id>/download", reading.download, name="download"),
    path("<int:version_id>/changes", document.changes, name="changes"),
    path("<int:version_id>/signatures", signing.signatures, name="signatures"),
    path("<int:version_id>/values", deciding.values, name="values"),
    path("<int:version_id>/values/<str:parameter>", deciding.value, name="value"),
    path("<int:version_id>/distribution", deciding.distribution, name="distribution"),
    path("<int:version_id>/training", deciding.training, name="training"),
    path("<int:version_id>/read", deciding.read, name="read"),
    path("<int:version_id>/files/", drafting.files, name="files"),
    path("<int:version_id>/files/new", drafting.add_file, name="add_file"),
    path("<int:version_id>/files/<path:path>/delete", drafting.delete_file, name="delete_file"),
    path("<int:version_id>/files/<path:path>", drafting.file, name="file"),
    path("<int:version_id>/new-version", drafting.new_version, name="new_version"),
    path("<int:version_id>/delete", drafting.delete_draft, name="delete_draft"),
    path("<int:version_id>/publish", drafting.publish, name="publish"),
]
