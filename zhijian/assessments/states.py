"""The states of an assessment and of an objection; other rooms ask for results by them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """How far an assessment has come."""

    OPEN = "open", _("收集数据")
    COMPUTED = "computed", _("已计算")
    IN_REVIEW = "in_review", _("待审定")
    APPROVED = "approved", _("已审定")
    PUBLISHED = "published", _("已公布")
    CANCELLED = "cancelled", _("已取消")


#: The states of a decided result.
FINAL = (State.APPROVED, State.PUBLISHED)


class ObjectionState(models.TextChoices):
    """What became of an objection."""

    RAISED = "raised", _("待决定")
    AWAITING = "awaiting", _("成立，待补正")
    UPHELD = "upheld", _("成立")
    REJECTED = "rejected", _("不成立")
    WITHDRAWN = "withdrawn", _("已撤回")


#: The states of an objection that keep results from being approved.
UNSETTLED = (ObjectionState.RAISED, ObjectionState.AWAITING)
