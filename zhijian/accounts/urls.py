"""Addresses of accounts: signing in (by allauth's names), one's own pages, administration."""

from __future__ import annotations

from allauth.account import views as allauth
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from zhijian.accounts.views import audit, own, people, tokens

_ours = [
    path("profile/", own.profile, name="profile"),
    path("sessions/", own.sessions, name="sessions"),
    path("sessions/end-others", own.end_other_sessions, name="end_other_sessions"),
    path("sessions/<int:session_id>/end", own.end_session, name="end_session"),
    path("tokens/", tokens.tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke", tokens.revoke, name="revoke_token"),
    path("people/", people.people, name="people"),
    path("people/new", people.new_person, name="new_person"),
    path("people/<int:user_id>/", people.person, name="person"),
    path("people/<int:user_id>/active", people.set_active, name="set_active"),
    path("people/<int:user_id>/password", people.reset_password, name="reset_password"),
    path("people/<int:user_id>/grant", people.grant, name="grant"),
    path("grants/<int:grant_id>/end", people.end_grant, name="end_grant"),
    path("permissions/", people.permissions, name="permissions"),
    path("audit/", audit.audit, name="audit"),
    path("audit/verify", audit.verify, name="audit_verify"),
    path("audit/export", audit.export, name="audit_export"),
]

# Only the doors of allauth that are used: no sign-up, no e-mail, no password reset by mail.
urlpatterns = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/", own.password, name="account_change_password"),
    path("mfa/", mfa.index, name="mfa_index"),
    path("mfa/authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("mfa/reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("mfa/totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("mfa/totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("mfa/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "mfa/recovery-codes/generate/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "mfa/recovery-codes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("", include((_ours, "accounts"))),
]
