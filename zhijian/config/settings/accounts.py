"""Signing in: whose table, which checks, how long a session lasts."""

from __future__ import annotations

from datetime import timedelta

import environ

_env = environ.Env()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATORS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATORS}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "display_name", "email", "phone"]},
    },
    {"NAME": f"{_VALIDATORS}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATORS}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}.NumericPasswordValidator"},
    {"NAME": "zhijian.accounts.passwords.NotUsedBefore", "OPTIONS": {"count": 5}},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

# A session ends after so long without use, and after so long in any case.
SESSION_IDLE_SECONDS = _env.int("SESSION_IDLE_SECONDS", default=30 * 60)
SESSION_ABSOLUTE_SECONDS = _env.int("SESSION_ABSOLUTE_SECONDS", default=12 * 3600)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Shows the sample people and their password on the sign-in page. Never on a site with real data.
SAMPLE_SITE = _env.bool("SAMPLE_SITE", default=False)

ACCOUNT_ADAPTER = "zhijian.accounts.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "zhijian.accounts.sign_in.display_name"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
# Guesses of a password are counted by axes, by user name and address together; a limit by address
# alone would lock out a whole office behind one address.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/5m/key", "reauthenticate": "10/m/user"}
# So many proxies in front are trusted to tell the address of a visitor; none: the connection does.
ALLAUTH_TRUSTED_PROXY_COUNT = _env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "质鉴 Zhijian"

AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "zhijian.accounts.sign_in.attempted_username"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_HTTP_RESPONSE_CODE = 429
AXES_LOCKOUT_CALLABLE = "zhijian.accounts.sign_in.locked_out"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
