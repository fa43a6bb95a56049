"""A server on this machine that takes what the site posts, and answers as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Received:
    """One request."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class Receiver:
    """What came, and how the next requests are answered."""

    address: str
    got: list[Received] = field(default_factory=list)
    status: int = 200
    answer: bytes = b'{"errcode": 0, "errmsg": "ok", "code": 0}'
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    ended: threading.Event = field(default_factory=threading.Event)

    def says(self, **answer: Any) -> None:
        self.answer = json.dumps(answer).encode()


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            receiver.got.append(Received(self.path, dict(self.headers), body))
            receiver.ended.wait(receiver.seconds)
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(receiver.answer)

        def log_message(self, *_args: object) -> None:
            return

        def do_GET(self) -> None:
            receiver.got.append(Received(self.path, dict(self.headers), None))

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_args: object) -> None:
            """Say nothing of who hung up: some stories are about that."""

    server = Server(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/robot")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield receiver
    finally:
        receiver.ended.set()
        server.shutdown()
        thread.join()
        server.server_close()
