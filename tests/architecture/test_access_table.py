"""Every address, every method, everybody: compared with the table that a person has read."""

from __future__ import annotations

import os

import pytest

from tests.architecture import access_table
from tests.people import make_people

REMEDY = "run `make golden-update`, read the difference in tests/architecture/access.csv, commit it"


def test_every_address_has_a_name_and_arguments_to_try() -> None:
    found = access_table.addresses()
    unnamed = [each.route for each in found if not each.name or each.name.endswith(":")]
    assert not unnamed, "give these addresses a name"
    missing = access_table.without_example(found)
    assert not missing, "add arguments for these to tests/architecture/example_urls.py"


@pytest.mark.golden
@pytest.mark.django_db
@pytest.mark.req("SYS-11")
def test_everybody_gets_in_where_the_table_says_and_nowhere_else() -> None:
    found = access_table.try_everything(make_people())
    faults = [row for row in found if any(cell.startswith("FAULT") for cell in row)]
    assert not faults, "these addresses break when asked with nothing"
    if os.environ.get("GOLDEN_UPDATE"):
        access_table.write(found)

    agreed = access_table.read()

    assert _differences(agreed, found) == [], REMEDY


def _differences(agreed: list[access_table.Row], found: list[access_table.Row]) -> list[str]:
    before = {row[:3]: row[3:] for row in agreed}
    after = {row[:3]: row[3:] for row in found}
    told = [f"not in the table: {' '.join(key)}" for key in after.keys() - before.keys()]
    told += [f"no longer there: {' '.join(key)}" for key in before.keys() - after.keys()]
    for key in before.keys() & after.keys():
        for visitor, then, now in zip(access_table.VISITORS, before[key], after[key], strict=True):
            if then != now:
                told.append(f"{' '.join(key)}: {visitor} was {then}, is {now}")
    return sorted(told)


def test_nobody_without_a_role_gets_further_than_their_own_account() -> None:
    own = ("account", "mfa_", "foundation:", "set_language")
    open_to_all = {
        row[1]
        for row in access_table.read()
        if row[3 + access_table.VISITORS.index("outsider")] == "yes"
        and row[3] != "yes"
        and not row[1].startswith(own)
    }
    # Everybody sees, and contests, what is decided about themselves; of others they see nothing.
    assert open_to_all <= {"desk:home", "outcomes:personal"}


def test_a_visitor_who_is_not_signed_in_sees_only_the_doors() -> None:
    open_doors = {row[1] for row in access_table.read() if row[3] == "yes"}
    assert open_doors <= {
        "account_inactive",
        "account_login",
        "account_logout",
        "healthz",
        # Without a password given a moment ago it only sends to the sign-in page.
        "mfa_authenticate",
        "metrics",
        "readyz",
        # Where anybody complains, and asks how it goes with the number and the phone.
        "complaints:public",
        "complaints:track",
        "complaints:act",
        # What is published, and whether a paper is genuine.
        "papers:verify",
        "reports:notice",
        "reports:notice_pdf",
        "reports:notices",
        "reports:verify",
        "set_language",
        "api-docs",
        "openapi",
    }
