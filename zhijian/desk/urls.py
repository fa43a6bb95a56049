"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from zhijian.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.home, name="home"),
    path("overview/", views.overview, name="overview"),
]
