"""What every answer tells the browser, and what production insists on."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from django.test import Client

ROOT = Path(__file__).parents[3]


def test_the_policy_allows_only_our_own_scripts_and_style_sheets(client: Client) -> None:
    header = client.get("/healthz").headers["Content-Security-Policy"]
    policy = dict(part.strip().split(" ", 1) for part in header.split(";"))

    assert policy["script-src"] == "'self'"
    assert policy["style-src-elem"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


def test_answers_are_neither_framed_nor_guessed_at(client: Client) -> None:
    headers = client.get("/healthz").headers

    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_api_documentation_needs_no_inline_script(client: Client) -> None:
    page = client.get("/api/docs").content.decode()

    assert page.count("<script") == page.count("<script src=") == 3
    assert "<style" not in page


def test_production_settings_pass_every_check_of_django() -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "zhijian.config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "zhijian.example",
    }
    # Set for the browser tests of the same run.
    environment.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout
