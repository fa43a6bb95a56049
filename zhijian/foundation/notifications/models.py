"""What is told, to whom, by which way, and how each sending went."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One thing that happened, said once: a code and its facts, worded for each reader."""

    key = models.CharField(max_length=200, unique=True)
    event = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    unit_id = models.BigIntegerField(null=True)
    made_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Notification(models.Model):
    """A message in the list of one person, and when they read it."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="notifications")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "recipient"], name="told_a_person_once"),
        )
        indexes = (
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["recipient", "-id"], name="notice_latest"),
        )

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.message_id}"


class RobotKind(models.TextChoices):
    """Whose group robot it is."""

    WECOM = "wecom", _("企业微信群机器人")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    FEISHU = "feishu", _("飞书群机器人")


class Robot(models.Model):
    """A robot of a group chat; its address and its secret are stored sealed.

    Without units it tells about every unit, with some about these and all below them.
    """

    name = models.CharField(_("名称"), max_length=60, unique=True)
    kind = models.CharField(_("类别"), max_length=10, choices=RobotKind.choices)
    host = models.CharField(_("主机"), max_length=120)
    sealed_address = models.TextField()
    sealed_secret = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="zh")
    events = models.JSONField(default=list)
    unit_ids = models.JSONField(default=list)
    is_active = models.BooleanField(_("启用"), default=True)
    paused_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("群机器人")

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """How far a sending has come."""

    WAITING = "waiting", _("待发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败，将重试")
    GIVEN_UP = "given_up", _("不再重试")


#: The states in which a sending is still to come.
UNSENT = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.FAILED)


class Delivery(models.Model):
    """A message on its way: by mail to a person, or by a robot to a group.

    The lease says who is sending it now; one that ran out may be taken over.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+"
    )
    robot = models.ForeignKey(Robot, models.CASCADE, null=True, related_name="deliveries")
    state = models.CharField(
        _("状态"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("已尝试"), default=0)
    next_at = models.DateTimeField()
    lease_token = models.UUIDField(null=True)
    error_code = models.CharField(max_length=100, blank=True)
    error_facts = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["message", "recipient"], name="mailed_once"),
            models.UniqueConstraint(fields=["message", "robot"], name="told_a_group_once"),
            models.CheckConstraint(
                condition=Q(recipient=None) ^ Q(robot=None), name="a_delivery_has_one_addressee"
            ),
        )
        indexes = (
            models.Index(
                fields=["next_at"],
                condition=Q(state__in=("waiting", "sending", "failed")),
                name="delivery_unsent",
            ),
            models.Index(fields=["id"], condition=Q(state="given_up"), name="delivery_given_up"),
        )

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class Preference(models.Model):
    """How one person wants to be told, where it differs from the usual."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, default="zh")
    without_mail = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.user_id)
