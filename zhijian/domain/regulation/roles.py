"""The roles of the platform, and where a pack names them."""

from __future__ import annotations

from collections.abc import Iterator

from zhijian.domain.problems import Problem
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.words import Words

ROLES = {
    "committee": Words("质量管理委员会", "Quality committee"),
    "working_group": Words("质量管理工作小组", "Quality working group"),
    "department_clerk": Words("内部质量管理员(部门质量员)", "Department quality clerk"),
    "inspector": Words("督导员", "Inspector"),
    "leader": Words("领导", "Leader"),
    "auditor": Words("审计员", "Auditor"),
    "administrator": Words("系统管理员", "Administrator"),
    "security_administrator": Words("安全管理员", "Security administrator"),
}


def unknown_roles(pack: Pack) -> Iterator[Problem]:
    """Whom nobody can be would never approve, enter or write anything."""
    for place, role in _named(pack):
        if role and role not in ROLES:
            yield Problem.at(place, "policy.unknown_word", found=role, allowed=", ".join(ROLES))


def _named(pack: Pack) -> Iterator[tuple[str, str]]:
    yield from (("pack.yaml", body.role) for body in pack.header.bodies)
    yield from (("pack.yaml", each.role) for each in pack.header.signing.steps)
    for kind in pack.kinds.values():
        yield from ((f"records/{kind.id}.yaml", role) for role in kind.entered_by)
    for plan in pack.outcomes.values():
        yield from ((f"outcomes/{plan.id}.yaml", rule.approver) for rule in plan.rules)
    for budget in pack.budgets.values():
        yield f"budgets/{budget.id}.yaml", budget.holder
    for limit in pack.limits.values():
        yield from ((f"limits/{limit.id}.yaml", rung.to) for rung in limit.limit.escalation)
    for outline in pack.outlines.values():
        yield from ((f"reports/{outline.id}.yaml", part.written_by) for part in outline.parts)
