"""The part of the password policy that needs our own rows: not one of the last few again."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from zhijian.accounts.models import OldPassword, User
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.foundation.wording import say


class NotUsedBefore:
    """Refuses the present password and those before it, ``count`` in all."""

    def __init__(self, count: int = 5) -> None:
        self.count = count

    def validate(self, password: str, user: User | None = None) -> None:
        """Refuse a password this person used lately."""
        if user is None or user.pk is None:
            return
        rows = OldPassword.objects.filter(user=user).order_by("-pk")[: self.count]
        if any(check_password(password, row.password) for row in rows):
            words = say("accounts.password_used_before", {"count": self.count}, language())
            raise ValidationError(words, code="password_used_before")

    def password_changed(self, password: str, user: User | None = None) -> None:
        """Remember the digest of the new password and forget those too old to matter."""
        if user is None or user.pk is None:
            return
        OldPassword.objects.create(user=user, password=user.password, at=clock.now())
        rows = OldPassword.objects.filter(user=user)
        kept = list(rows.order_by("-pk").values_list("pk", flat=True)[: self.count])
        rows.exclude(pk__in=kept).delete()

    def get_help_text(self) -> str:
        """Say the rule."""
        return say("accounts.password_used_before_rule", {"count": self.count}, language())
