"""What people choose about notifications, and what administrators type about robots."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.foundation import reach
from zhijian.foundation.notifications import queries
from zhijian.foundation.notifications.models import RobotKind

LANGUAGES = (("zh", _("中文")), ("en", _("英文")))


class NotificationSettings(forms.Form):
    """In which language a person is written to, and about what by mail."""

    language = forms.ChoiceField(label=_("邮件语言"), choices=LANGUAGES)
    by_mail = forms.MultipleChoiceField(
        label=_("这些事件发送邮件"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by_mail"].choices = queries.event_choices()


class RobotForm(forms.Form):
    """A robot of a group chat. Address and secret are never shown again."""

    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("如：质量管理群。只用于在本站辨认。")
    )
    kind = forms.ChoiceField(label=_("类别"), choices=RobotKind.choices)
    address = forms.CharField(
        label=_("机器人地址"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("从群机器人的设置页面完整复制。保存后不再显示；留空即保留原来的。"),
    )
    secret = forms.CharField(
        label=_("签名密钥"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("钉钉、飞书选择“加签”时填写；企业微信没有。留空即保留原来的。"),
    )
    without_secret = forms.BooleanField(label=_("不再使用签名密钥"), required=False)
    language = forms.ChoiceField(label=_("消息语言"), choices=LANGUAGES)
    events = forms.MultipleChoiceField(
        label=_("事件"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("进群的消息只含单位、期间、编号和期限，不含人员姓名、电话和意见内容。"),
    )
    units = forms.TypedMultipleChoiceField(
        label=_("单位"),
        required=False,
        coerce=int,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("不选即为全部单位；选择后只通知这些单位及其下级的事项。"),
    )
    is_active = forms.BooleanField(label=_("启用"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"].choices = queries.event_choices(for_groups=True)
        self.fields["units"].choices = reach.unit_choices()
