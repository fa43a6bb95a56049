"""An import that stops in the middle of writing, so that its worker can be killed there."""

from __future__ import annotations

import os
import time
from pathlib import Path
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.management import call_command
from django_tasks import task

from tests import factories
from tests.apps.foundation.job_tasks import STAYS_SECONDS
from zhijian.foundation.jobs.context import JobContext
from zhijian.foundation.jobs.services import enqueue
from zhijian.intake import jobs, queries, services
from zhijian.intake.models import Record
from zhijian.intake.reading import read_batch

from .books import PACKS, quarterly
from .test_imports import workbook

BOOK = quarterly()
FINDINGS = [("储运中心", "2024-02-05", "记录不全", "0.7", f"第 {n} 次") for n in range(300)]


@task(takes_context=True)
def slow_commit(context: JobContext, batch_id: int) -> None:
    """Take a workbook, but linger once everything is written and nothing is committed."""
    folder = Path(os.environ["ZHIJIAN_KILLED_FOLDER"])
    written = services.commit_batch

    def lingering(**asked: object) -> object:
        told = written(**asked)
        (folder / f"writing-{context.attempt}").touch()
        time.sleep(STAYS_SECONDS if context.attempt == 1 else 0)
        return told

    with patch.object(services, "commit_batch", lingering):
        jobs.commit.func(context, batch_id=batch_id, actor_id=0, over_others=False)


def begin() -> int:
    """Stage three hundred rows and ask for them to be taken."""
    for name in BOOK.pack.header.units:
        factories.make_unit(name=name)
    with open(os.devnull, "w") as nowhere:
        call_command("load_packs", str(PACKS / BOOK.pack_id), stdout=nowhere)
    upload = ContentFile(workbook((), FINDINGS), name="回访.xlsx")
    batch = services.upload_workbook(actor=None, book=BOOK, upload=upload)
    services.stage_rows(batch_id=batch.pk, outcome=read_batch(batch, lambda *_: None))
    enqueue(task=slow_commit, arguments={"batch_id": batch.pk}, title="导入")
    return batch.pk


def seen() -> str:
    """Say how the batch and the records stand."""
    return f"{queries.batches(BOOK).get().state} {Record.objects.count()}"
