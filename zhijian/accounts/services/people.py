"""Creating, changing and disabling people. Roles are another story, told in ``grants``."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from django.db import transaction

from zhijian.accounts import queries
from zhijian.accounts.models import ApiToken, User
from zhijian.accounts.services.sessions import end_all_sessions
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Subject
from zhijian.foundation.audit.services import record
from zhijian.foundation.refusal import Refusal

# Without characters that look alike, because the password is read aloud or copied by hand once.
_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"
_LENGTH = 16


class PersonRefused(Refusal):
    """A change of a person that is not permitted."""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is known of somebody who is to get an account."""

    username: str
    display_name: str
    email: str = ""
    phone: str = ""
    is_sample: bool = False


def subject(user: User) -> Subject:
    """Return the person as the subject of an audit entry."""
    return Subject("accounts.user", str(user.pk), f"{user.display_name}({user.username})")


def normal_username(username: str) -> str:
    """Return a user name as it is stored and compared: one form, lower case."""
    return unicodedata.normalize("NFKC", username).strip().lower()


@transaction.atomic
def create_person(
    *, actor: User | None, person: NewPerson, password: str | None = None
) -> tuple[User, str]:
    """Create an account and return it with its first password.

    Without ``password`` a random one is made, which must be changed at the first sign-in.
    ``actor=None`` is the program itself (commands on the server).
    """
    _require(actor, "accounts.manage")
    username = normal_username(person.username)
    if User.objects.filter(username=username).exists():
        raise PersonRefused("accounts.username_taken", username=username)
    first_password = password or _random_password()
    user = User(
        username=username,
        display_name=person.display_name,
        email=person.email,
        phone=person.phone,
        is_sample=person.is_sample,
        must_change_password=password is None,
        joined_at=clock.now(),
    )
    user.set_password(first_password)
    user.full_clean()
    user.save()
    record(actor=actor, action="accounts.create", subject=subject(user), after=_facts(user))
    return user, first_password


@transaction.atomic
def set_active(*, actor: User, user: User, active: bool) -> None:
    """Enable or disable an account; disabling ends every session at once."""
    _require(actor, "accounts.manage")
    _not_oneself(actor, user)
    before = _facts(user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_all_sessions(user)
    action = "accounts.enable" if active else "accounts.disable"
    record(actor=actor, action=action, subject=subject(user), before=before, after=_facts(user))


@transaction.atomic
def reset_password(*, actor: User, user: User) -> str:
    """Give somebody a random password that must be changed at the next sign-in; return it once.

    Whoever knew the old password may have made tokens with it, so those end too.
    """
    _require(actor, "accounts.manage")
    _not_oneself(actor, user)
    password = _random_password()
    user.set_password(password)
    user.must_change_password = True
    user.save()
    end_all_sessions(user)
    ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())
    record(actor=actor, action="accounts.reset_password", subject=subject(user))
    return password


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Set the password a person chose for themselves; the form has checked it."""
    user.set_password(password)
    user.must_change_password = False
    user.password_changed_at = clock.now()
    user.save()
    record(actor=user, action="accounts.change_password", subject=subject(user))


@transaction.atomic
def change_own_profile(*, user: User, display_name: str, email: str, phone: str) -> None:
    """Change how a person is named and reached."""
    before = _facts(User.objects.get(pk=user.pk))
    user.display_name, user.email, user.phone = display_name, email, phone
    user.full_clean()
    user.save(update_fields=["display_name", "email", "phone"])
    record(
        actor=user,
        action="accounts.change_profile",
        subject=subject(user),
        before=before,
        after=_facts(user),
    )


def _facts(user: User) -> dict[str, object]:
    return {
        "username": user.username,
        "display_name": user.display_name,
        "email": user.email,
        "phone": user.masked_phone,
        "is_active": user.is_active,
        "is_sample": user.is_sample,
    }


def _random_password() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def _require(actor: User | None, permission: str) -> None:
    if actor is not None and not queries.may(actor, permission):
        raise PersonRefused("accounts.not_permitted", permission=permission)


def _not_oneself(actor: User, user: User) -> None:
    if actor.pk == user.pk:
        raise PersonRefused("accounts.own_account")
