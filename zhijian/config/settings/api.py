"""The API: who is asked for a token, how errors and lists look."""

from __future__ import annotations

import environ

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "zhijian.accounts.authentication.OwnToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "rest_framework.parsers.JSONParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "EXCEPTION_HANDLER": "zhijian.foundation.api.problems.answer_problem",
    "DEFAULT_PAGINATION_CLASS": "zhijian.foundation.api.pages.ByIdentifier",
    "DEFAULT_SCHEMA_CLASS": "zhijian.foundation.api.schema.Documented",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "质鉴 Zhijian",
    "DESCRIPTION": "服务质量考核的记录、结果与依据 / records, results and their rules",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "JobState": ["ready", "running", "done", "failed", "cancelled"],
        "AssessmentState": [
            "open",
            "computed",
            "in_review",
            "approved",
            "published",
            "cancelled",
        ],
        "ObjectionState": ["raised", "awaiting", "upheld", "rejected", "withdrawn"],
        "VersionState": ["draft", "checked", "published", "superseded"],
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# Without a token only this machine itself may read the counts.
METRICS_TOKEN = environ.Env().str("METRICS_TOKEN", default="")
