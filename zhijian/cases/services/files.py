"""Evidence: files of a case, known by their content, each once."""

from __future__ import annotations

from zhijian.cases.models import Case, CaseEvidence
from zhijian.cases.queries import EVIDENCE
from zhijian.cases.services.asked import Taking, Upload
from zhijian.cases.services.planning import Moment
from zhijian.cases.to_domain import Standing
from zhijian.foundation.files.services import Owner, store_file


def keep_files(case: Case, taking: Taking, standing: Standing, moment: Moment) -> None:
    """Keep what was handed in with a step, and note what a case took over from another one."""
    happened = standing.course.happened[-1]
    user = moment.user if happened.actor else None
    for upload in taking.uploads:
        keep(case, upload, Moment(moment.at, user))
    for name, value in happened.facts.items():
        for digest in value if isinstance(value, tuple) else ():
            CaseEvidence.objects.get_or_create(
                case=case, digest=digest, defaults={"fact": name, "at": moment.at}
            )


def keep(case: Case, upload: Upload, moment: Moment, title: str = "") -> CaseEvidence:
    """Keep one file; where the case holds the same one, nothing is added."""
    told = {
        "fact": upload.fact,
        "title": title,
        "by_id": moment.user.pk if moment.user is not None else None,
        "at": moment.at,
    }
    row, is_new = CaseEvidence.objects.get_or_create(case=case, digest=upload.digest, defaults=told)
    if is_new:
        store_file(upload=upload.file, owner=Owner(EVIDENCE, str(row.pk)), uploader=moment.user)
    return row
