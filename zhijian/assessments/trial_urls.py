"""Addresses of trial runs."""

from __future__ import annotations

from django.urls import path

from zhijian.assessments import trial_views as views

urlpatterns = [
    path("", views.trials, name="trials"),
    path("new/", views.new_trial, name="new_trial"),
    path("<int:run_id>/", views.trial, name="trial"),
    path("<int:run_id>/delete/", views.delete_trial, name="delete_trial"),
]
