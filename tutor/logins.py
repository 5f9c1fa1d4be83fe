"""Who may come in, and where each keeps their things. Passwords are kept as scrypt hashes only.

Knows the file that `tutor serve --auth` names and the folders of a home; knows nothing of a page.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.build import BUNDLED
from ingest.errors import NoSuchPath, Unreadable
from ingest.library import Library

_N, _R, _P = 2**14, 8, 1
"""scrypt's cost (RFC 7914): 16 MB and some 50 ms a try."""
_HASHED = re.compile(r"scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w+/=]+)\$([\w+/=]+)")
_UNSAFE = re.compile(r"[^\w-]")
_NOBODY = "scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA"
"""Checked for names that do not exist, so that they take as long as those that do."""


def read_logins(path: Path) -> dict[str, str]:
    """Names and password hashes from lines of NAME:PASSWORD or NAME:HASH.

    Passwords that still stand there in clear are replaced by their hashes, in the file as well
    where it can be written.

    Raises:
        NoSuchPath, Unreadable: the file is not there or is not a list of logins.
    """
    if not path.is_file():
        raise NoSuchPath(
            f"There is no file '{path}'.", "Give --auth a file of NAME:PASSWORD lines."
        )
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _no_list(path) from error
    logins: dict[str, str] = {}
    kept = []
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            kept.append(line)
            continue
        name, colon, password = line.strip().partition(":")
        if not (name and colon and password):
            raise _no_list(path)
        hashed = password if _HASHED.fullmatch(password) else hash_password(password)
        logins[_normal(name)] = hashed
        kept.append(f"{name}:{hashed}")
    if not logins:
        raise _no_list(path)
    if kept != lines:
        _rewrite(path, "\n".join(kept) + "\n")
    return logins


def hash_password(password: str) -> str:
    """A salted scrypt hash as one line of text."""
    salt = secrets.token_bytes(16)
    parts = (base64.b64encode(data).decode() for data in (salt, _scrypt(password, salt)))
    return f"scrypt${_N}${_R}${_P}${'$'.join(parts)}"


def checker(logins: Mapping[str, str]) -> Callable[[str, str], bool]:
    """A function that says whether a name and a password belong together."""

    def may_enter(name: str, password: str) -> bool:
        hashed = logins.get(_normal(name))
        right = _matches(password, hashed or _NOBODY)
        return right and hashed is not None

    return may_enter


def home_of_login(library: Library, name: str) -> Path:
    """The folder of one login inside a home, with the bundled course already in it."""
    safe = _UNSAFE.sub(lambda m: f"%{m[0].encode().hex().upper()}", _normal(name))
    home = library.home / "logins" / f"u-{safe}"
    course = Path("courses") / f"c-{BUNDLED}"
    if not (home / course).exists() and (library.home / course).is_dir():
        shutil.copytree(library.home / course, home / course)
    return home


def _matches(password: str, hashed: str) -> bool:
    found = _HASHED.fullmatch(hashed)
    if found is None:
        return False
    n, r, p = (int(found[at]) for at in (1, 2, 3))
    salt, wanted = (base64.b64decode(found[at]) for at in (4, 5))
    given = hashlib.scrypt(_normal(password).encode(), salt=salt, n=n, r=r, p=p, dklen=32)
    return hmac.compare_digest(given, wanted)


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(_normal(password).encode(), salt=salt, n=_N, r=_R, p=_P, dklen=32)


def _normal(text: str) -> str:
    """One form for what Macs and others type differently."""
    return unicodedata.normalize("NFC", text)


def _no_list(path: Path) -> Unreadable:
    return Unreadable(f"{path.name} is not a list of logins.", "Write NAME:PASSWORD lines.")


def _rewrite(path: Path, text: str) -> None:
    """Replaces the file, readable by its owner only; one that cannot be written stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
