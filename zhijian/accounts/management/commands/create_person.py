"""Create an account from the server, as for the very first people of a new site."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from zhijian.accounts import services
from zhijian.accounts.roles import NEEDS_UNIT, ROLES
from zhijian.accounts.services import NewGrant, NewPerson
from zhijian.foundation import clock
from zhijian.foundation.refusal import Refusal


class Command(BaseCommand):
    """``manage.py create_person zhou 周兰 --role administrator``"""

    help = (
        "Create an account and print its first password, which must be changed at the first "
        "sign-in. A new site needs an administrator, a security administrator and an auditor; "
        "they make and empower everybody else on the pages."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("username")
        parser.add_argument("display_name")
        parser.add_argument("--role", choices=[role for role in ROLES if role not in NEEDS_UNIT])

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Create the person and grant the role, or neither."""
        person = NewPerson(options["username"], options["display_name"])
        try:
            user, password = services.create_person(actor=None, person=person)
            if options["role"]:
                grant = NewGrant(options["role"], clock.today())
                services.grant_role(actor=None, user=user, grant=grant)
        except Refusal as refusal:
            raise CommandError(refusal.words()) from refusal
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(password)
