"""Everything that changes people, roles and sessions; one module per story."""

from zhijian.accounts.services.grants import GrantRefused, NewGrant, end_grant, grant_role
from zhijian.accounts.services.people import (
    NewPerson,
    PersonRefused,
    change_own_profile,
    change_password,
    create_person,
    reset_password,
    set_active,
)
from zhijian.accounts.services.samples import (
    SAMPLE_PASSWORD,
    SamplePerson,
    ensure_sample_people,
    remove_sample_people,
)
from zhijian.accounts.services.sessions import end_other_sessions, end_session, note_session
from zhijian.accounts.services.tokens import make_token, revoke_token

__all__ = [
    "SAMPLE_PASSWORD",
    "GrantRefused",
    "NewGrant",
    "NewPerson",
    "PersonRefused",
    "SamplePerson",
    "change_own_profile",
    "change_password",
    "create_person",
    "end_grant",
    "end_other_sessions",
    "end_session",
    "ensure_sample_people",
    "grant_role",
    "make_token",
    "note_session",
    "remove_sample_people",
    "reset_password",
    "revoke_token",
    "set_active",
]
