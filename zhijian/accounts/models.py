"""People, the roles they were given, and where they are signed in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhijian.accounts.roles import ROLES, role_choices

_USERNAME = RegexValidator(
    r"^[\w.@+-]+\Z", _("用户名只能包含文字、数字和 . @ + - _；请删去其他字符。")
)
_PHONE = RegexValidator(
    r"^\+?[0-9][0-9 -]{4,19}\Z", _("电话只能包含数字、空格和连字符，如 13800001234。")
)


class UserManager(BaseUserManager["User"]):
    """Finds people by the name they sign in with; creating them is the work of services."""


class User(AbstractBaseUser):
    """A person who can sign in. Rights come from role grants, never from flags here."""

    username = models.CharField(_("用户名"), max_length=64, unique=True, validators=[_USERNAME])
    display_name = models.CharField(_("姓名"), max_length=60)
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True, validators=[_PHONE])
    is_active = models.BooleanField(_("启用"), default=True)
    is_sample = models.BooleanField(_("示例人员"), default=False)
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    joined_at = models.DateTimeField(_("创建时间"))
    password_changed_at = models.DateTimeField(_("密码修改时间"), null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("display_name",)

    class Meta:
        verbose_name = _("人员")

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def masked_phone(self) -> str:
        """Return the phone number with its middle hidden."""
        if len(self.phone) < 7:
            return "*" * len(self.phone)
        return f"{self.phone[:3]}{'*' * (len(self.phone) - 7)}{self.phone[-4:]}"


class RoleGrant(models.Model):
    """A role given to a person, for one unit or for all, from a day on and until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants")
    role = models.CharField(_("角色"), max_length=40, choices=role_choices)
    unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("单位"),
        related_name="+",
    )  # fmt: skip
    starts = models.DateField(_("起始日"))
    until = models.DateField(_("截止日(含)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("角色授予")
        constraints = (
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("starts")),
                name="a_grant_ends_after_it_starts",
            ),
        )
        indexes = (models.Index(fields=["user", "starts", "until"], name="grant_of_user"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    @property
    def role_name(self) -> str:
        """Return what people call the role."""
        return str(ROLES.get(self.role, self.role))


class OldPassword(models.Model):
    """A digest of a password somebody used before, so that it is not used again soon."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at}"


class SignedInSession(models.Model):
    """One browser in which a person is signed in, so that they can see and end it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(_("登录时间"))
    last_seen_at = models.DateTimeField(_("最近使用"))
    address = models.GenericIPAddressField(_("网络地址"), null=True)
    device = models.CharField(_("设备"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.last_seen_at}"


class ApiToken(models.Model):
    """A token by which a person's programs sign in; its secret is stored as a digest only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    beginning = models.CharField(_("令牌开头"), max_length=12)
    made_at = models.DateTimeField(_("创建时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.beginning}…"

    def is_in_force(self, at: datetime) -> bool:
        """Tell whether the token still opens anything."""
        return self.revoked_at is None and at < self.expires_at
