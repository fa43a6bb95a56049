"""The kinds of unit. A kind is a word for people and packs; it decides nothing by itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: Kind → what people call it. Other chains (总行–分行–支行, 省–市–县) use the general kinds.
KINDS = {
    "company": _("公司"),
    "secondary": _("二级机构"),
    "branch": _("分支机构"),
    "department": _("部门"),
    "project": pgettext_lazy("kind of unit", "项目"),
    "team": _("班组"),
    "outlet": _("网点"),
    "property_group": _("物业集团"),
    "property_company": _("物业公司"),
    "property_project": _("物业项目"),
    "other": _("其他"),
}


def kind_choices() -> list[tuple[str, object]]:
    """Return the kinds as choices of a form or a column."""
    return list(KINDS.items())
