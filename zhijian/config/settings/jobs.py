"""Work in the background: the table of jobs in our own database."""

from __future__ import annotations

TASKS = {"default": {"BACKEND": "zhijian.foundation.jobs.backend.DatabaseBackend"}}
