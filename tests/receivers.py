"""Servers that take what Rasd tells: SMTP, HTTP, StatsD. Each holds what it got."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[int]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def webhook(status: int = 204, host: str = "127.0.0.1") -> Iterator[tuple[int, list[tuple[str, dict[str, str], Any]]]]:
    """Take posts; give the port and the list of (path, headers, body) that fills up."""
    got: list[tuple[str, dict[str, str], Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append((self.path, dict(self.headers), json.loads(body)))
            self.send_response(status)
            self.end_headers()

        def log_message(self, format: str, *words: Any) -> None:
            pass

    with _serving(HTTPServer((host, 0), Handler)) as port:
        yield port, got


@dataclass
class MailServer:
    """A mail server at `port`: what it took, as (recipients, message), and whom it refuses."""

    port: int
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        """Take a recipient, or not."""
        if address in self.refused:
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 yes"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Keep a mail."""
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"

    @property
    def messages(self) -> list[EmailMessage]:
        """The mails in the order in which they came."""
        return [message for _, message in self.taken]


@contextmanager
def mail_server(*refused: str) -> Iterator[MailServer]:
    """Take mail, but not for these recipients."""
    from aiosmtpd.controller import Controller

    server = MailServer(free_port(), refused=set(refused))
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def statsd(host: str = "127.0.0.1") -> Iterator[tuple[int, dict[str, str]]]:
    """Take StatsD's datagrams; give the port and the last value of each name."""
    got: dict[str, str] = {}

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            for line in self.request[0].decode().splitlines():
                name, _, value = line.partition(":")
                got[name] = value

    with _serving(socketserver.UDPServer((host, 0), Handler)) as port:
        yield port, got
