"""Reading cases. Other rooms ask here."""

from zhijian.cases.queries.around import (
    EvidenceView,
    LinkView,
    comments_of,
    evidence_of,
    links_of,
)
from zhijian.cases.queries.evidence import EVIDENCE, may_read_evidence
from zhijian.cases.queries.faults import fault_for, faults_seen
from zhijian.cases.queries.lists import (
    ALL,
    COUNTED,
    ENDED,
    MINE,
    OPEN,
    OVERDUE,
    SHOWN,
    CaseWords,
    FewCounted,
    KindRef,
    Sought,
    cases_seen,
    kind_of,
    kinds_in_force,
    to_do,
    waiting_for,
    words_of,
)
from zhijian.cases.visibility import case_for, seen_by

__all__ = [
    "ALL",
    "COUNTED",
    "ENDED",
    "EVIDENCE",
    "MINE",
    "OPEN",
    "OVERDUE",
    "SHOWN",
    "CaseWords",
    "EvidenceView",
    "FewCounted",
    "KindRef",
    "LinkView",
    "Sought",
    "case_for",
    "cases_seen",
    "comments_of",
    "evidence_of",
    "fault_for",
    "faults_seen",
    "kind_of",
    "kinds_in_force",
    "links_of",
    "may_read_evidence",
    "seen_by",
    "to_do",
    "waiting_for",
    "words_of",
]
