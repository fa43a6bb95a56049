"""Papers of complaints: the small regulation of cases, with forms that become papers."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from tests.apps.cases.stories import FOLDER, Story
from tests.kept import kept
from tests.people import People, make_people
from zhijian.cases.models import Case
from zhijian.cases.services import Opening
from zhijian.foundation import clock
from zhijian.foundation.files import queries as files
from zhijian.packs import queries as packs
from zhijian.packs.contents import contents_of
from zhijian.packs.services.drafts import load_from_contents
from zhijian.packs.services.publication import publish
from zhijian.papers.models import Paper

PACK = "counter-papers"
FORMS = Path(__file__).with_name("forms.yaml")
_CASE = "cases/complaint.yaml"


def published() -> None:
    """Publish the regulation of cases under another name, with its forms as papers."""
    if packs.pack_in_force(PACK, clock.today()) is not None:
        return
    contents, problems = contents_of(FOLDER)
    assert not problems
    told = dict(contents)
    told["pack.yaml"] = told["pack.yaml"].replace("counter-service", PACK)
    forms = FORMS.read_text(encoding="utf-8")
    told[_CASE] = told[_CASE].replace("\nstates:\n", f"\n{forms}states:\n")
    now = clock.now()
    publish(load_from_contents(told, None, now).pk, None, now)


@kept
def make_office() -> People:
    """The cast, with the regulation published."""
    people = make_people()
    published()
    return people


class PaperStory(Story):
    """Opens and moves on cases whose forms are papers."""

    def opening(self, **told: Any) -> Opening:
        return super().opening(**{"pack_id": PACK, **told})


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


def noticed(story: Story, **told: Any) -> Paper:
    """The notice that the registration of a complaint issues."""
    return only(story.open(**told))
