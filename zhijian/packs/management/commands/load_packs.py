"""Load the regulations of a folder, check them, and publish those without a fault.

A regulation that has to be signed stays a draft until people have signed it on the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhijian.foundation import clock
from zhijian.foundation.refusal import Refusal
from zhijian.foundation.wording import say
from zhijian.packs import queries, services
from zhijian.packs.contents import HEADER
from zhijian.packs.models import PackVersion
from zhijian.packs.queries.calendar import packs_folder


class Command(BaseCommand):
    """Equal files change nothing; a draft with faults stays a draft and says why."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Folders to load; those that come with the program unless some are named."""
        parser.add_argument("folders", nargs="*", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load each folder; one that is refused does not keep the others out."""
        folders = options["folders"] or sorted(packs_folder().iterdir())
        for folder in folders:
            if (folder / HEADER).is_file():
                self._load(folder)

    def _load(self, folder: Path) -> None:
        try:
            row = services.load_from_folder(folder, None, clock.now())
            if row.state == PackVersion.State.PUBLISHED:
                self.stdout.write(f"{folder.name} {row.version}: published before")
                return
            services.check(row.pk, None, clock.now())
            if missing := queries.unsigned(row.pk):
                names = ", ".join(each.by.to("en") for each in missing)
                self.stdout.write(f"{folder.name} {row.version}: waits to be signed by {names}")
                return
            services.publish(row.pk, None, clock.now())
            self.stdout.write(f"{folder.name} {row.version}: published")
        except Refusal as refusal:
            self._complain(folder, refusal)

    def _complain(self, folder: Path, refusal: Refusal) -> None:
        lines = [f"{folder.name}: {refusal.words('en')}"]
        problems = getattr(refusal, "problems", ())
        examples = getattr(refusal, "examples", ())
        for problem in (*problems, *(each for verdict in examples for each in verdict.problems)):
            told = say(problem.code, dict(problem.facts), "en")
            lines.append(f"  {problem.where}: {told}")
        self.stderr.write("\n".join(lines))
