"""A stand-in for a model hub on the loopback: serves folders as repositories, and misbehaves."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "c0ffee" + "0" * 34


class Hub(ThreadingHTTPServer):
    """Serves `folders` ("owner/name" → folder); every kind of misbehaviour is an attribute.

    Attributes:
        asked: (method, path, Range header or None) of every request.
        hang: seconds before anything is answered.
        cut: bytes of a weights file after which the connection breaks, for each of the first
            `cuts` connections.
        pause: seconds between two pieces of a file.
        ranges: whether Range is understood.
        more: bytes sent beyond a file's end, and told in Content-Length.
        listed: sizes that the listing gives instead of the true ones.
        sums: checksums that the listing gives instead of the true ones.
        status: what every request is answered with, where it is not 200.
        commit: the revision.
    """

    daemon_threads = True

    def __init__(self, folders: dict[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folders = folders
        self.asked: list[tuple[str, str, str | None]] = []
        self.hang = 0.0
        self.cut = 0
        self.cuts = 0
        self.pause = 0.0
        self.ranges = True
        self.more = 0
        self.listed: dict[str, int] = {}
        self.sums: dict[str, str] = {}
        self.extra: list[dict[str, object]] = []
        self.status = 0
        self.commit = COMMIT
        self.licence = "apache-2.0"
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def files(self, repo: str) -> list[Path]:
        return sorted(path for path in self.folders[repo].rglob("*") if path.is_file())

    def ranges_of(self, name: str) -> list[str | None]:
        """The Range headers with which a file was asked for."""
        return [given for _, path, given in self.asked if path.endswith(f"/{name}")]


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        hub = self.server
        path = self.path.partition("?")[0]
        hub.asked.append(("GET", path, self.headers.get("Range")))
        if hub.hang:
            hub.closing.wait(hub.hang)
            return
        if hub.status:
            self.send_error(hub.status)
            return
        for repo in hub.folders:
            if path == f"/api/models/{repo}":
                self._json(
                    {
                        "id": repo,
                        "sha": hub.commit,
                        "cardData": {"license": hub.licence},
                        "tags": [],
                    }
                )
                return
            if re.fullmatch(rf"/api/models/{re.escape(repo)}/tree/{hub.commit}", path):
                self._json([*(self._row(repo, file) for file in hub.files(repo)), *hub.extra])
                return
            found = re.fullmatch(rf"/{re.escape(repo)}/resolve/{hub.commit}/(.+)", path)
            if found and (hub.folders[repo] / found[1]).is_file():
                self._send(hub.folders[repo] / found[1])
                return
        self.send_error(404)

    def _row(self, repo: str, file: Path) -> dict[str, object]:
        hub = self.server
        name = file.relative_to(hub.folders[repo]).as_posix()
        data = file.read_bytes()
        size = hub.listed.get(name, len(data))
        row: dict[str, object] = {"type": "file", "path": name, "size": size, "oid": "0" * 40}
        if name.endswith(".safetensors"):
            digest = hub.sums.get(name, hashlib.sha256(data).hexdigest())
            row["lfs"] = {"oid": digest, "size": size, "pointerSize": 134}
        return row

    def _json(self, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _send(self, file: Path) -> None:
        hub = self.server
        data = file.read_bytes() + b"!" * hub.more
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked[1]) if asked and hub.ranges else 0
        if asked and hub.ranges:
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        end = len(data)
        if file.suffix == ".safetensors" and hub.cuts > 0:
            hub.cuts -= 1
            end = start + hub.cut
        try:
            for at in range(start, end, 4096):
                self.wfile.write(data[at : min(at + 4096, end)])
                if hub.pause:
                    self.wfile.flush()
                    hub.closing.wait(hub.pause)
        except OSError:  # the other side has enough
            pass
        self.close_connection = True


@contextmanager
def serving(**folders: Path) -> Iterator[Hub]:
    """A running stand-in; `owner__name=folder` serves "owner/name"."""
    hub = Hub({name.replace("__", "/"): folder for name, folder in folders.items()})
    thread = threading.Thread(target=hub.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield hub
    finally:
        hub.closing.set()
        hub.shutdown()
        thread.join()
        hub.server_close()


def until(condition: object, seconds: float = 10.0) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.01)
    return False
