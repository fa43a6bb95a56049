"""Reading reports, notices, minutes and publications."""

from zhijian.reports.queries.notices import (
    Notice,
    duties,
    duty,
    may_read_proof,
    notice,
    notices,
)
from zhijian.reports.queries.reports import (
    Verified,
    assessments_to_report,
    chain_of,
    former_of,
    may_read_pdf,
    minutes_of,
    report_for,
    reports_seen,
    sees_everything,
    verified,
)

__all__ = [
    "Notice",
    "Verified",
    "assessments_to_report",
    "chain_of",
    "duties",
    "duty",
    "former_of",
    "may_read_pdf",
    "may_read_proof",
    "minutes_of",
    "notice",
    "notices",
    "report_for",
    "reports_seen",
    "sees_everything",
    "verified",
]
