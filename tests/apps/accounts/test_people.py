"""Accounts: made by the administrator, with passwords that hold."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from tests.people import PASSWORD, make_people, make_person
from zhijian.accounts import queries, services
from zhijian.accounts.models import OldPassword, User
from zhijian.accounts.services import NewPerson, PersonRefused
from zhijian.foundation.audit import queries as audit
from zhijian.foundation.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


def _client(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_administrator_makes_an_account_that_must_get_its_own_password() -> None:
    people = make_people()
    fields = {"username": "Zhou", "display_name": "周新", "phone": "13800001234"}
    page = _client(people.administrator).post("/accounts/people/new", fields)
    password = page.context["password"]

    client = Client()
    signed_in = client.post("/accounts/login/", {"login": "zhou", "password": password})
    assert signed_in["Location"] == "/accounts/password/"
    assert client.get("/drafts/")["Location"] == "/accounts/password/"
    new = {
        "old_password": password,
        "new_password1": "lianxu-jiangyu-77",
        "new_password2": "lianxu-jiangyu-77",
    }
    assert client.post("/accounts/password/", new).status_code == 302
    assert client.get("/drafts/").status_code == 200
    user = User.objects.get(username="zhou")
    assert user.masked_phone == "138****1234"
    told = audit.of_subject("accounts.user", str(user.pk))
    assert [entry.action for entry in told] == [
        "accounts.create", "accounts.sign_in", "accounts.change_password",
    ]  # fmt: skip
    assert password not in str([(entry.before, entry.after) for entry in told])
    assert "13800001234" not in str([(entry.before, entry.after) for entry in told])


def test_a_name_is_taken_once() -> None:
    make_person("zhou")
    with pytest.raises(PersonRefused) as refusal:
        services.create_person(actor=None, person=NewPerson("ZHOU", "周"))
    assert refusal.value.code == "accounts.username_taken"
    assert "zhou" in refusal.value.words()


def test_only_the_administrator_makes_accounts_and_not_about_themselves() -> None:
    people = make_people()
    for somebody in (people.security_administrator, people.auditor, people.working_group):
        with pytest.raises(PersonRefused):
            services.create_person(actor=somebody, person=NewPerson("n", "n"))
    with pytest.raises(PersonRefused) as refusal:
        services.set_active(actor=people.administrator, user=people.administrator, active=False)
    assert refusal.value.code == "accounts.own_account"


def test_a_reset_password_ends_every_session() -> None:
    people = make_people()
    client = _client(people.clerk)
    client.get("/accounts/profile/")
    answer = _client(people.administrator).post(f"/accounts/people/{people.clerk.pk}/password")
    assert answer["Cache-Control"] == "no-store"
    assert client.get("/accounts/profile/").status_code == 302
    assert User.objects.get(pk=people.clerk.pk).must_change_password


@pytest.mark.parametrize(
    "password", ["short-7chars", "password123456", "123456789012345", "zhou-lan-2026"]
)
def test_a_weak_password_is_refused(password: str) -> None:
    user = User(username="zhou-lan-2026", display_name="周兰")
    if password == "short-7chars":
        password = password[:11]
    with pytest.raises(ValidationError):
        validate_password(password, user)


def test_a_long_password_is_enough() -> None:
    validate_password("qingshan gaoyuan liushui", User(username="zhou"))


def test_one_of_the_last_five_passwords_is_refused() -> None:
    user = make_person("zhou")
    used = [PASSWORD, *(f"mima-zhangchang-{number}" for number in range(5))]
    for password in used[1:]:
        services.change_password(user=user, password=password)
    assert OldPassword.objects.filter(user=user).count() == 5
    for password in used[1:]:
        with pytest.raises(ValidationError, match="最近用过"):
            validate_password(password, user)
    validate_password(used[0], user)


def test_a_wrong_form_of_the_password_page_keeps_the_password() -> None:
    user = make_person("zhou")
    fields = {"old_password": "wrong", "new_password1": "a", "new_password2": "b"}
    page = _client(user).post("/accounts/password/", fields)
    assert page.status_code == 422
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


@override_settings(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
def test_passwords_are_kept_as_argon2() -> None:
    assert make_person("zhou").password.startswith("argon2$argon2id$")


def test_roles_are_given_and_ended_on_pages() -> None:
    people = make_people()
    client = _client(people.security_administrator)
    address = f"/accounts/people/{people.outsider.pk}/grant"
    assert client.get(address).status_code == 200
    page = client.post(address, {"role": "department_clerk", "starts": "2024-01-01"})
    assert page.status_code == 422
    assert "请选择单位" in page.content.decode()
    fields = {"role": "department_clerk", "starts": "2024-01-01", "unit": people.unit.pk}
    assert client.post(address, fields).status_code == 302
    row = queries.all_grants_of(people.outsider)[0]
    assert (row.unit_id, row.granted_by) == (people.unit.pk, people.security_administrator)

    client.post(f"/accounts/grants/{row.pk}/end")

    assert not queries.may(User.objects.get(pk=people.outsider.pk), "records.enter")
    own = f"/accounts/people/{people.security_administrator.pk}/grant"
    page = client.post(own, {"role": "committee", "starts": "2024-01-01"})
    assert "不能更改自己的角色" in page.content.decode()


def test_the_auditor_reads_verifies_and_exports_the_trail() -> None:
    people = make_people()
    client = _client(people.auditor)
    services.change_own_profile(
        user=people.clerk, display_name="=HYPERLINK(1)", email="", phone="13911112222"
    )
    listed = client.get("/accounts/audit/", {"action": "accounts.change"})
    assert "accounts.change_profile" in listed.content.decode()
    assert "逐条重新计算" in client.get("/accounts/audit/verify").content.decode()
    exported = client.get("/accounts/audit/export").getvalue().decode("utf-8-sig")
    assert "'=HYPERLINK(1)(clerk)" in exported
    assert "13911112222" not in exported
    assert AuditEntry.objects.order_by("number").last().action == "audit.export"


def test_the_profile_is_changed_by_its_owner() -> None:
    user = make_person("zhou")
    client = _client(user)
    fields = {"display_name": "周兰", "email": "", "phone": "不是电话"}
    assert client.post("/accounts/profile/", fields).status_code == 422
    fields["phone"] = "13800001234"
    assert client.post("/accounts/profile/", fields).status_code == 302
    assert User.objects.get(pk=user.pk).display_name == "周兰"


def test_people_are_found_and_the_permission_table_is_shown() -> None:
    people = make_people()
    client = _client(people.administrator)
    page = client.get("/accounts/people/", {"q": "other"}).content.decode()
    assert "other_clerk" in page
    assert "security_administrator" not in page
    assert "assessments.approve" in client.get("/accounts/permissions/").content.decode()
    assert client.get("/accounts/people/999999/").status_code == 404


def test_the_first_people_are_made_on_the_server() -> None:
    written = io.StringIO()
    call_command("create_person", "zhou", "周兰", "--role", "administrator", stdout=written)
    user = User.objects.get(username="zhou")
    assert user.check_password(written.getvalue().strip())
    assert user.must_change_password
    assert queries.may(user, "accounts.manage")
    for bad in ("zhou", "no good"):
        with pytest.raises(CommandError):
            call_command("create_person", bad, "周")
    assert User.objects.count() == 1
