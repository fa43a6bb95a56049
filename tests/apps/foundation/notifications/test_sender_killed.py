"""A sender dies by kill -9 after the other side took the message and before writing it down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import ENGINES, Site, fresh_database, wait_for
from tests.receiving import receiving

pytestmark = pytest.mark.slow

SET_UP = """
from tests.apps.foundation.notifications.example_rows import make_robot, tell
from zhijian.foundation.sealing import seal
make_robot(sealed_address=seal({address!r}))
tell([], event="assessments.submitted", facts=dict(regulation="R", period="P"))
print("ready")
"""
LEASE_RUNS_OUT = (
    "from zhijian.foundation import clock;"
    "from zhijian.foundation.notifications.models import Delivery;"
    "print(Delivery.objects.update(next_at=clock.now()))"
)
SEND = "from django.core.management import call_command;call_command('notifications_send')"
STATE = (
    "from zhijian.foundation.notifications.models import Delivery;"
    "row = Delivery.objects.get(); print(row.state, row.attempts)"
)


@pytest.fixture(params=ENGINES)
def site(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Callable[[str], str]
) -> Iterator[Site]:
    like = migrated(request.param)
    with fresh_database(request.param, tmp_path, like) as url, Site(url, tmp_path) as made:
        yield made


def test_the_message_goes_out_once_more_under_the_same_number_and_never_again(site: Site) -> None:
    with receiving() as server:
        site.ask(SET_UP.format(address=server.address))
        server.seconds = 60
        sender = site.start("manage.py", "notifications_send")
        wait_for(lambda: len(server.got) == 1, site)
        sender.kill()
        sender.communicate()
        server.seconds = 0

        assert site.ask(SEND) == "0 sent, 0 failed, 1 waiting"
        assert site.ask(STATE) == "sending 1"
        site.ask(LEASE_RUNS_OUT)
        assert site.ask(SEND) == "1 sent, 0 failed, 0 waiting"
        site.ask(LEASE_RUNS_OUT)
        assert site.ask(SEND) == "0 sent, 0 failed, 0 waiting"

        said = [got.body["text"]["content"] for got in server.got]
        assert said[0] == said[1]
        assert len(said) == 2
        assert site.ask(STATE) == "sent 2"
