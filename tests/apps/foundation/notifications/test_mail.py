"""Mails to people: in their language, as text and as a page, known again by their number."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail

from tests.apps.foundation.notifications.example_rows import tell
from tests.people import make_person
from zhijian.domain.words import Words
from zhijian.foundation.notifications import sending, services
from zhijian.foundation.notifications.models import Delivery, DeliveryState

pytestmark = pytest.mark.django_db

FACTS = {
    "regulation": Words("考核办法", "Rules"),
    "period": Words("2024年", "2024"),
    "reason": "<b>",
}


@pytest.fixture
def user() -> Any:
    made = make_person("zhou")
    made.email = "zhou@example.com"
    made.save()
    return made


def tell_of_return(user: Any, key: str = "k") -> Delivery:
    tell([user], key, event="assessments.sent_back", url="/assessments/3/", facts=FACTS)
    return Delivery.objects.latest("pk")


def test_a_mail_says_what_happened_and_where(user: Any) -> None:
    held = tell_of_return(user)

    assert sending.send_waiting() == sending.Counts(sent=1)

    (sent,) = mail.outbox
    assert sent.to == ["zhou@example.com"]
    assert sent.subject == "《考核办法》2024年考核结果被退回"
    assert "理由：<b>" in sent.body
    assert "https://zhijian.example/assessments/3/" in sent.body
    page, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "&lt;b&gt;" in page
    assert 'href="https://zhijian.example/assessments/3/"' in page
    assert sent.message()["Message-ID"] == f"<zhijian.{held.pk}@localhost>"
    held.refresh_from_db()
    assert (held.state, held.attempts, held.error_code) == (DeliveryState.SENT, 1, "")
    assert sending.send_waiting() == sending.Counts()


def test_it_is_written_in_the_language_of_the_person(user: Any) -> None:
    services.set_preference(user=user, language="en", without_mail=[])
    tell_of_return(user)

    sending.send_waiting()

    assert mail.outbox[0].subject == "“Rules”, 2024: results were sent back"
    assert "please do not reply" in mail.outbox[0].body


def test_a_subject_stays_one_line_whatever_is_in_it(user: Any) -> None:
    tell(
        [user], event="assessments.submitted", facts={"regulation": "A\r\nBcc: x@y", "period": "P"}
    )
    sending.send_waiting()
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["zhou@example.com"]


def test_a_site_without_an_address_sends_no_link(user: Any, settings: Any) -> None:
    settings.SITE_URL = ""
    tell_of_return(user)
    sending.send_waiting()
    assert "/assessments/3/" not in mail.outbox[0].body


def test_who_left_meanwhile_gets_no_mail(user: Any) -> None:
    held = tell_of_return(user)
    user.is_active = False
    user.save()

    assert sending.send_waiting() == sending.Counts(failed=1)

    held.refresh_from_db()
    told = (held.state, held.error_code)
    assert told == (DeliveryState.GIVEN_UP, "notifications.no_mail_address")
    assert mail.outbox == []


class Mailbox(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to receive a mail, or to refuse one."""

    def handle(self) -> None:
        box: Any = self.server
        self._say("220 ready")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].split(":")[0].upper()
            if verb == "DATA":
                self._say("354 go on")
                box.got.append(self._content())
                self._say("250 taken")
            elif verb == "RCPT":
                self._say(box.verdict)
            else:
                self._say("221 bye" if verb == "QUIT" else "250 fine")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _content(self) -> bytes:
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line)
        return b"\n".join(lines)


@contextmanager
def mailbox(settings: Any, verdict: str = "250 fine") -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.got, server.verdict = [], verdict
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_mail_goes_through_a_real_server(user: Any, settings: Any) -> None:
    held = tell_of_return(user)
    with mailbox(settings) as box:
        assert sending.send_waiting() == sending.Counts(sent=1)

    got = message_from_bytes(box.got[0], policy=default)
    assert got["Subject"].strip() == "《考核办法》2024年考核结果被退回"
    assert got["Message-ID"] == f"<zhijian.{held.pk}@localhost>"
    assert got["Auto-Submitted"] == "auto-generated"
    assert "理由：<b>" in got.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        ("550 no such person", DeliveryState.GIVEN_UP),
        ("450 mailbox busy", DeliveryState.FAILED),
    ],
)
def test_a_refused_address_is_told_with_the_reason(
    user: Any, settings: Any, verdict: str, state: str
) -> None:
    held = tell_of_return(user)
    with mailbox(settings, verdict):
        assert sending.send_waiting() == sending.Counts(failed=1)
    held.refresh_from_db()
    assert (held.state, held.error_code) == (state, "notifications.mail_refused")
    assert held.error_facts == {"reason": verdict[4:]}


def test_a_server_that_is_not_there_is_asked_again_later(user: Any, settings: Any) -> None:
    held = tell_of_return(user)
    with mailbox(settings):
        pass
    assert sending.send_waiting() == sending.Counts(failed=1)
    held.refresh_from_db()
    assert (held.state, held.error_code) == (DeliveryState.FAILED, "notifications.mail_failed")
