"""A model hub over HTTPS: what a repository holds, and its files in pieces that can be resumed.

Knows the hub's addresses and what may go wrong on the way: a hub that refuses, hangs, cuts or lies.
Knows nothing about homes. It is not the hub's own library, because that one takes 24 to 50 seconds
to find out that nobody is there and starts a killed download over (docs/decisions.md).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from tutor.errors import FetchFailed, HubUnreachable

KNOWN_WITHIN = 3.0
"""Seconds within which a hub has listed a repository, or counts as out of reach."""
SILENCE = 10.0
"""Seconds without a byte after which a connection is given up and another one resumes."""
TRIES = 5
"""Connections in a row that bring nothing before a download fails."""
_PIECE = 1 << 18
_REPO = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?")
_FILE = re.compile(r"(?!.*(?:^|/)\.\.?(?:/|$))[\w][\w.+-]*(?:/[\w][\w.+-]*)*")
"""Relative, with plain names: nothing that could leave the folder it is put into."""
_WANTED = re.compile(
    r"(?!consolidated)[^/]+\.(?:safetensors|json|jinja|model)|merges\.txt|vocab\.txt|LICENSE[^/]*"
)
"""What transformers needs to load a chat model, and its licence: no code, no pickles, no copies."""
_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file of a repository: `sha256` is there for weights, None for small text files."""

    path: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """What a hub says about a model.

    Args:
        repo: "owner/name".
        commit: the revision that is fetched, so that a resumed download mixes no two.
        licence: as its card names it, "unknown" where it does not.
        files: those wanted here.
    """

    repo: str
    commit: str
    licence: str
    files: tuple[RemoteFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.size for file in self.files)


def is_repo(name: str) -> bool:
    """Whether a name has the form of a repository's."""
    return _REPO.fullmatch(name) is not None and ".." not in name


def endpoint() -> str:
    """The hub's address: HF_ENDPOINT, as the hub's own library has it."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def look_up(repo: str, within: float = KNOWN_WITHIN) -> Repository:
    """What the hub holds under a name, known after `within` seconds at the latest.

    The asking happens in a thread that may be left behind: neither a name look-up nor a server that
    sends a byte now and then obeys a time limit.

    Raises:
        HubUnreachable: nobody answers in time, or HF_HUB_OFFLINE says not to ask.
        FetchFailed: there is no such repository, or what is listed is no model to be had.
    """
    if not is_repo(repo):
        raise FetchFailed(f"'{repo}' is no name of a model on a hub.", "Write it as owner/name.")
    if os.environ.get("HF_HUB_OFFLINE", "") not in ("", "0"):
        raise HubUnreachable(
            "HF_HUB_OFFLINE is set, so no model hub is asked.",
            "Unset it to fetch models; the reader answers without one.",
        )
    answers: SimpleQueue[Repository | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(_listed(repo, within))
        except Exception as error:  # raised in the asker's thread below
            answers.put(error)

    threading.Thread(target=ask, name="hub", daemon=True).start()
    try:
        answer = answers.get(timeout=within)
    except Empty:
        answer = TimeoutError("no answer in time")
    if isinstance(answer, Repository):
        return answer
    if isinstance(answer, HTTPError):
        _refused(repo, answer.code)
    if isinstance(answer, (OSError, HTTPException)):
        raise HubUnreachable(
            f"No model hub can be reached at {endpoint()}: {getattr(answer, 'reason', answer)}.",
            "Check the connection; the reader answers without one.",
        ) from answer
    if isinstance(answer, (ValueError, KeyError, TypeError, AttributeError)):
        raise FetchFailed(
            f"What {endpoint()} says about {repo} is no listing of a model.",
            "Check HF_ENDPOINT.",
        ) from answer
    raise answer


def download(
    repository: Repository,
    file: RemoteFile,
    target: Path,
    arrived: Callable[[int], None],
    stop: threading.Event,
) -> bool:
    """Bring a file down to `target`, going on from what `target`.part already holds.

    Args:
        repository: where the file is listed.
        file: its size and checksum must turn out as listed.
        target: exists afterwards, and never before it is complete and checked.
        arrived: called with the bytes of this file that are here now.
        stop: ends the download after the piece at hand; what came stays for the next time.

    Returns:
        Whether it is complete; False where it was stopped.

    Raises:
        FetchFailed: the connection keeps breaking, the disk is full, or what comes is not what was
            listed.
        HubUnreachable: not one byte could be had.
    """
    part = target.with_name(target.name + ".part")
    part.parent.mkdir(parents=True, exist_ok=True)
    resumed = part.exists()
    while True:
        if not _complete(repository, file, part, arrived, stop):
            return False
        if file.sha256 in (None, _sha256(part)):
            os.replace(part, target)
            return True
        part.unlink()
        arrived(0)
        if not resumed:
            raise FetchFailed(
                f"{file.path} of {repository.repo} arrived with another checksum than listed.",
                "Try again; if it stays so, the hub or something on the way changes files.",
            )
        resumed = False  # the old part may have been the damaged one: once more from the start


def _complete(
    repository: Repository,
    file: RemoteFile,
    part: Path,
    arrived: Callable[[int], None],
    stop: threading.Event,
) -> bool:
    """Append to `part` until it has the listed size; False when stopped before."""
    part.touch()
    if part.stat().st_size > file.size:
        part.unlink()
        part.touch()
    fruitless = 0
    while (have := part.stat().st_size) < file.size:
        arrived(have)
        if stop.is_set():
            return False
        why: Exception | None = None
        try:
            _append(repository, file, part, arrived, stop)
        except HTTPError as error:
            if error.code < 500 and error.code not in (408, 416, 429):
                _refused(f"{repository.repo}/{file.path}", error.code)
            if error.code == 416:
                part.write_bytes(b"")
            why = error
        except (OSError, HTTPException) as error:
            why = error
        fruitless = 0 if part.stat().st_size > have else fruitless + 1
        if fruitless >= TRIES:
            raise HubUnreachable(
                f"{file.path} of {repository.repo} stopped coming: {why or 'closed early'}.",
                "Run it again when the connection is better: it goes on from where it stopped.",
            ) from why
        if fruitless:
            stop.wait(min(4.0, 0.25 * 2**fruitless))
    arrived(file.size)
    return True


def _append(
    repository: Repository,
    file: RemoteFile,
    part: Path,
    arrived: Callable[[int], None],
    stop: threading.Event,
) -> None:
    """One connection's worth of a file."""
    have = part.stat().st_size
    address = f"{endpoint()}/{repository.repo}/resolve/{repository.commit}/{quote(file.path)}"
    with _open(address, SILENCE, {"Range": f"bytes={have}-"} if have else {}) as response:
        if have and response.status != 206:
            have = 0  # this server knows no ranges: from the start
        _check_size(response, have, file)
        with part.open("r+b") as kept:
            kept.seek(have)
            kept.truncate()
            for piece in _pieces(response, stop):
                have += len(piece)
                if have > file.size:
                    kept.truncate(0)
                    raise _wrong_size(file, f"more than {file.size:,}")
                _write(kept, piece)
                arrived(have)


def _pieces(response: HTTPResponse, stop: threading.Event) -> Iterator[bytes]:
    while not stop.is_set():
        piece = response.read1(_PIECE)
        if not piece:
            return
        yield piece


def _write(kept: IO[bytes], piece: bytes) -> None:
    try:
        kept.write(piece)
        kept.flush()
    except OSError as error:  # told apart from an error of the connection, which is tried again
        raise FetchFailed(
            f"The model cannot be written: {error.strerror}.", "Free some disk and run it again."
        ) from error


def _check_size(response: HTTPResponse, have: int, file: RemoteFile) -> None:
    """Before the first byte: does the server mean to send what the listing promised?"""
    ranged = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
    if response.status == 206 and ranged:
        if int(ranged[1]) != have:
            raise HTTPException(f"a range from {ranged[1]} instead of {have}")
        total = int(ranged[2])
    else:
        length = response.headers.get("Content-Length")
        total = have + int(length) if length and length.isdecimal() else file.size
    if total != file.size:
        raise _wrong_size(file, f"{total:,}")


def _wrong_size(file: RemoteFile, sent: str) -> FetchFailed:
    return FetchFailed(
        f"{file.path} was listed with {file.size:,} bytes, and the hub sends {sent}.",
        "Try again; if it stays so, the hub or something on the way changes files.",
    )


def _refused(name: str, status: int) -> None:
    if status in (401, 403, 404):
        raise FetchFailed(
            f"The hub has no {name} that can be had without a login (status {status}).",
            "`tutor model list` names models that can be fetched.",
        )
    raise HubUnreachable(
        f"The hub does not answer for {name} (status {status}).",
        "Try again later; the reader answers without it.",
    )


def _listed(repo: str, timeout: float) -> Repository:
    about = _json(f"{endpoint()}/api/models/{repo}", timeout)[0]
    commit = str(about.get("sha") or "main")
    found: list[RemoteFile] = []
    address = f"{endpoint()}/api/models/{repo}/tree/{quote(commit, safe='')}"
    while address:
        rows, headers = _json(address, timeout)
        found += [_file(row) for row in rows if _is_wanted(row)]
        more = _NEXT.search(headers.get("Link", ""))
        address = more[1] if more else ""
    if not any(file.path.endswith(".safetensors") for file in found):
        raise FetchFailed(
            f"{repo} has no safetensors weights.", "Choose a model that is published with them."
        )
    return Repository(repo, commit, _licence(about), tuple(found))


def _is_wanted(row: dict[str, Any]) -> bool:
    path = str(row["path"])
    return (
        row.get("type", "file") == "file"
        and _FILE.fullmatch(path) is not None
        and _WANTED.fullmatch(path) is not None
    )


def _file(row: dict[str, Any]) -> RemoteFile:
    large = row.get("lfs") or {}
    sha256 = large.get("oid") or large.get("sha256")
    size = int(large.get("size", row["size"]))
    if size < 0:
        raise ValueError("a file with less than no bytes")
    return RemoteFile(str(row["path"]), size, sha256.lower() if sha256 else None)


def _licence(about: dict[str, Any]) -> str:
    named = (about.get("cardData") or {}).get("license")
    tags = [str(tag) for tag in about.get("tags") or () if str(tag).startswith("license:")]
    if isinstance(named, list):
        named = ", ".join(map(str, named))
    return str(named or (tags[0].removeprefix("license:") if tags else "unknown"))


def _json(address: str, timeout: float) -> tuple[Any, HTTPMessage]:
    with _open(address, timeout, {}) as response:
        return json.loads(response.read(16 << 20)), response.headers


def _open(address: str, timeout: float, headers: dict[str, str]) -> HTTPResponse:
    request = Request(address, headers={"Accept-Encoding": "identity", **headers})
    try:
        response: HTTPResponse = _opener().open(request, timeout=timeout)
    except HTTPError as error:
        error.close()  # it holds the connection open
        raise
    return response


def _opener() -> OpenerDirector:
    return build_opener(_Redirects)


class _Redirects(HTTPRedirectHandler):
    """Follows a hub to where it keeps its files, but never from https to anything else."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        if urlsplit(newurl).scheme not in ("https", urlsplit(req.full_url).scheme):
            raise HTTPException("a redirect away from https")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
