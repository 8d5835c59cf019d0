"""Servers that take what Rasd tells: SMTP, HTTP, StatsD. Each holds what it got."""

from __future__ import annotations

import json
import socketserver
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


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


@contextmanager
def mail_server(refuse: bool = False) -> Iterator[tuple[int, list[tuple[list[str], str]]]]:
    """Take mail; give the port and the list of (recipients, message) that fills up."""
    got: list[tuple[list[str], str]] = []

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        def handle(self) -> None:
            self.say("220 here")
            recipients: list[str] = []
            while line := self.rfile.readline().decode().strip():
                verb = line.split(" ", 1)[0].upper()
                if verb == "RCPT":
                    recipients.append(line.split("<")[1].split(">")[0])
                    self.say("550 not here" if refuse else "250 yes")
                elif verb == "DATA":
                    self.say("354 go on")
                    lines = []
                    while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                        lines.append(text)
                    got.append((recipients, "\n".join(lines)))
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with _serving(Server(("127.0.0.1", 0), Handler)) as port:
        yield port, got


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
