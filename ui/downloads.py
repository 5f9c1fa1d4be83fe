"""Files made for the browser to fetch: written where Gradio serves them from, and fetched at once.

Knows Gradio's cache; knows nothing about what is in a file.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from ui.page import Update

PRIVATE: dict[str, Any] = {"api_visibility": "private"}
FETCH = "() => window.tutorFetch('#{name}')"
"""JavaScript that fetches what the download button `name` has just been given."""


def made(name: str, content: bytes) -> Update:
    """An update for a download button that lets the browser fetch `content` as `name`."""
    folder = Path(get_upload_folder()) / secrets.token_hex(16)
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    return gr.update(value=str(folder / name))
