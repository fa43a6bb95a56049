"""Who may do what: the one table, to be read line by line.

``everywhere`` lists the roles that hold the permission for all units, ``own_units`` those that
hold it only for the units named in their grant and everything below them.
"""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.accounts.roles import (
    ADMINISTRATOR,
    AUDITOR,
    COMMITTEE,
    DEPARTMENT_CLERK,
    INSPECTOR,
    LEADER,
    SECURITY_ADMINISTRATOR,
    WORKING_GROUP,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """The roles that hold one permission."""

    everywhere: frozenset[str]
    own_units: frozenset[str]


def _rule(*everywhere: str, own_units: tuple[str, ...] = ()) -> Rule:
    return Rule(frozenset(everywhere), frozenset(own_units))


_CLERK = (DEPARTMENT_CLERK,)
_BUSINESS = (COMMITTEE, WORKING_GROUP, LEADER, AUDITOR)

PERMISSIONS: dict[str, Rule] = {
    # Regulations as packs
    "packs.view": _rule(*_BUSINESS, INSPECTOR, DEPARTMENT_CLERK),
    "packs.draft": _rule(WORKING_GROUP),
    "packs.publish": _rule(COMMITTEE),
    "packs.confirm_default": _rule(COMMITTEE),
    # Records of a period
    "records.view": _rule(*_BUSINESS, INSPECTOR, own_units=_CLERK),
    "records.enter": _rule(WORKING_GROUP, INSPECTOR, own_units=_CLERK),
    "records.import": _rule(WORKING_GROUP, own_units=_CLERK),
    # Cases; who may take which step is told by the bodies of the regulation
    "cases.view": _rule(*_BUSINESS, INSPECTOR, own_units=_CLERK),
    "cases.view_confidential": _rule(COMMITTEE, WORKING_GROUP),
    "cases.act": _rule(COMMITTEE, WORKING_GROUP, LEADER, INSPECTOR, own_units=_CLERK),
    "cases.hand_over": _rule(COMMITTEE, WORKING_GROUP, LEADER),
    "cases.reveal": _rule(COMMITTEE, WORKING_GROUP, LEADER, INSPECTOR, own_units=_CLERK),
    # Complaints: the public pages of offices
    "complaints.offices": _rule(WORKING_GROUP, own_units=_CLERK),
    # Incidents: whether what a complaint or a check speaks of was one that had to be reported
    "incidents.judge": _rule(COMMITTEE, WORKING_GROUP, LEADER),
    # Nonconformities: proposals of corrective action, and the case library
    "nonconformities.triage": _rule(COMMITTEE, WORKING_GROUP, LEADER, own_units=_CLERK),
    "nonconformities.teach": _rule(COMMITTEE, WORKING_GROUP, LEADER, INSPECTOR, own_units=_CLERK),
    # Papers that cases yield
    "papers.view": _rule(*_BUSINESS, INSPECTOR, own_units=_CLERK),
    "papers.issue": _rule(COMMITTEE, WORKING_GROUP, LEADER, INSPECTOR, own_units=_CLERK),
    "papers.manage": _rule(COMMITTEE, WORKING_GROUP, LEADER),
    # Assessment
    "assessments.view": _rule(*_BUSINESS, own_units=_CLERK),
    "assessments.open_period": _rule(WORKING_GROUP),
    "assessments.compute": _rule(WORKING_GROUP),
    "assessments.object": _rule(own_units=_CLERK),
    "assessments.decide_objection": _rule(COMMITTEE),
    "assessments.approve": _rule(COMMITTEE),
    "assessments.publish": _rule(WORKING_GROUP),
    # Rewards, penalties, budget
    "outcomes.view": _rule(*_BUSINESS, own_units=_CLERK),
    "outcomes.spend_budget": _rule(WORKING_GROUP),
    "outcomes.type_amount": _rule(COMMITTEE, LEADER),
    "outcomes.do_remedy": _rule(WORKING_GROUP, own_units=_CLERK),
    "outcomes.verify_remedy": _rule(COMMITTEE, WORKING_GROUP),
    # What is owed and paid for losses
    "outcomes.view_compensation": _rule(*_BUSINESS, own_units=_CLERK),
    # Rewards and penalties of persons; everybody sees and contests what is decided about them
    "outcomes.view_personal": _rule(*_BUSINESS, own_units=_CLERK),
    "outcomes.propose_personal": _rule(WORKING_GROUP, LEADER, own_units=_CLERK),
    "outcomes.decide_personal": _rule(COMMITTEE, LEADER),
    # Reports
    "reports.view": _rule(*_BUSINESS, own_units=_CLERK),
    "reports.write": _rule(WORKING_GROUP),
    "reports.deliver": _rule(WORKING_GROUP),
    # Trial runs and overviews
    "trial.run": _rule(COMMITTEE, WORKING_GROUP),
    "desk.overview": _rule(*_BUSINESS, own_units=_CLERK),
    # Running the site: three jobs that cannot cover for each other
    "organizations.view": _rule(
        *_BUSINESS, INSPECTOR, DEPARTMENT_CLERK, ADMINISTRATOR, SECURITY_ADMINISTRATOR
    ),
    "organizations.manage": _rule(ADMINISTRATOR),
    "organizations.contact": _rule(ADMINISTRATOR, own_units=_CLERK),
    "accounts.view": _rule(ADMINISTRATOR, SECURITY_ADMINISTRATOR, AUDITOR),
    "accounts.manage": _rule(ADMINISTRATOR),
    "accounts.grant": _rule(SECURITY_ADMINISTRATOR),
    "audit.view": _rule(AUDITOR),
    "jobs.view": _rule(ADMINISTRATOR, AUDITOR),
    "notifications.manage": _rule(ADMINISTRATOR),
    # Machines
    "api.use": _rule(*_BUSINESS, INSPECTOR, DEPARTMENT_CLERK),
}
