"""One machine without HTTPS: what ``make run`` serves. ``DEBUG=1`` turns debugging on."""

from __future__ import annotations

from zhijian.config.settings.base import *
from zhijian.config.settings.base import STATIC_ROOT, VAR_DIR, env
from zhijian.config.settings.keys import secret_key_in

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="") or secret_key_in(VAR_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.list("ALLOWED_HOSTS", default=[])]
# Static files are served from where the packages keep them: no collecting between two looks.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
