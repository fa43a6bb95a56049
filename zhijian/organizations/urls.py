"""Addresses of the tree of units."""

from __future__ import annotations

from django.urls import path

from zhijian.organizations import views

app_name = "organizations"

urlpatterns = [
    path("", views.units, name="units"),
    path("new", views.new_unit, name="new_unit"),
    path("<int:unit_id>/", views.edit_unit, name="edit_unit"),
    path("<int:unit_id>/active", views.set_active, name="set_active"),
    path("<int:unit_id>/contact", views.contact, name="contact"),
]
