"""The roles a person can be given, in the words of the regulation (S-32) and of the office."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

COMMITTEE = "committee"
WORKING_GROUP = "working_group"
DEPARTMENT_CLERK = "department_clerk"
INSPECTOR = "inspector"
LEADER = "leader"
AUDITOR = "auditor"
ADMINISTRATOR = "administrator"
SECURITY_ADMINISTRATOR = "security_administrator"

#: Role → what people call it. The order is the order of every list and table.
ROLES = {
    COMMITTEE: _("质量管理委员会"),
    WORKING_GROUP: _("质量管理工作小组"),
    DEPARTMENT_CLERK: _("内部质量管理员(部门质量员)"),
    INSPECTOR: _("督导员"),
    LEADER: _("领导"),
    AUDITOR: _("审计员"),
    ADMINISTRATOR: _("系统管理员"),
    SECURITY_ADMINISTRATOR: _("安全管理员"),
}

#: Three administrators watch each other: whoever holds one of these holds nothing else.
HELD_ALONE = frozenset({AUDITOR, ADMINISTRATOR, SECURITY_ADMINISTRATOR})

#: A person with one of these works for named units only.
NEEDS_UNIT = frozenset({DEPARTMENT_CLERK})


def role_choices() -> list[tuple[str, object]]:
    """Return the roles as choices of a form or a column."""
    return list(ROLES.items())
