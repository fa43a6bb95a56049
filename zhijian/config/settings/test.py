"""The suite: a database of its own for each run, quick passwords, jobs when asked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from zhijian.config.settings.base import *
from zhijian.config.settings.base import DATABASES

SECRET_KEY = "only-for-tests-" + "0" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
NOTIFICATIONS_BY_MAIL = True
SITE_URL = "https://zhijian.example"
ROBOTS_ON_THIS_MACHINE = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Of each run its own, unless a test lets several processes share one.
VAR_DIR = Path(
    os.environ.get("ZHIJIAN_TEST_VAR", "")
    or Path(tempfile.gettempdir()) / f"zhijian-test-{os.getpid()}"
)
MEDIA_ROOT = VAR_DIR / "files"
STATIC_ROOT = VAR_DIR / "static"

# Named after the process, so that two runs on one machine do not share a database.
_NAME = f"test_zhijian_{os.getpid()}"
DATABASES["default"]["TEST"] = {
    "NAME": str(VAR_DIR / f"{_NAME}.sqlite3")
    if DATABASES["default"]["ENGINE"].endswith("sqlite3")
    else _NAME
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
