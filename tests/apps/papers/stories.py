"""Papers of the complaints of a small regulation."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.apps.cases.stories import Story
from zhijian.cases.models import Case
from zhijian.foundation.files import queries as files
from zhijian.papers.models import Paper


def only(case: Case, form: str = "notice") -> Paper:
    """The one paper of a form of a case."""
    return Paper.objects.get(case=case, form=form)


def words(content: bytes) -> str:
    """What is printed, without blanks."""
    pages = PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def archived(paper: Paper) -> bytes:
    """The bytes that were archived."""
    with files.open_file(paper.pdf_id) as content:
        return content.read()


def noticed(story: Story, **told: object) -> Paper:
    """The notice that the registration of a complaint issues."""
    return only(story.open(**told))  # type: ignore[arg-type]
