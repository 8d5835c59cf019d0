"""The newsroom without Airflow and without its login: for tests, measurements and pictures, never for readers."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI

from rasd.errors import RasdError
from rasd.newsroom.app import create
from rasd.newsroom.desk import House, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator


def application(dsn: str, visitor: Visitor) -> FastAPI:
    """Return an application with the newsroom at `/newsroom`, as Airflow mounts it; everybody is the one visitor."""
    house = House(lambda: dsn, lambda: dsn, lambda: "secret", lambda there: f"/auth/login?next={there}")
    outer = FastAPI()
    outer.mount("/newsroom", create(house, lambda: visitor))
    return outer


@contextmanager
def served(dsn: str) -> Iterator[str]:
    """Serve the newsroom over a warehouse on a free port of this machine; yield its address.

    Raises:
        RasdError: if it does not come up.
    """
    import uvicorn

    asked = uvicorn.Config(
        application(dsn, Visitor("mona", may_write=True)), host="127.0.0.1", port=0, log_level="warning"
    )
    server = uvicorn.Server(asked)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RasdError("the newsroom did not come up")
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/newsroom"
    finally:
        server.should_exit = True
        thread.join()
