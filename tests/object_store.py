"""A real S3 API over HTTP on this machine, for tests: moto's server."""

from __future__ import annotations

import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY, SECRET = "a-key", "a-secret"


@contextmanager
def object_store(*buckets: str) -> Iterator[tuple[str, Any]]:
    """Serve an empty store with some buckets; give its address and a file system that is logged in to it."""
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        address = f"http://{host}:{port}"
        # Servers of one process share what they hold.
        urllib.request.urlopen(f"{address}/moto-api/reset", data=b"", timeout=30).close()
        fs = s3fs.S3FileSystem(key=KEY, secret=SECRET, endpoint_url=address, skip_instance_cache=True)
        for bucket in buckets:
            fs.mkdir(bucket)
        yield address, fs
    finally:
        server.stop()


def upload(fs: Any, folder: Path, where: str) -> None:
    """Put every file of a folder into the store."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        fs.pipe_file(f"{where}/{path.relative_to(folder)}", path.read_bytes())
