"""serve and model: the page, and the local language models."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import webbrowser
from pathlib import Path

from tutor.commands.notes import open_tutor
from tutor.commands.output import say
from tutor.errors import NotAvailable

FIRST_PORT, LAST_PORT = 7860, 7869


def serve(options: argparse.Namespace) -> int:
    """Open the page and keep it open until Ctrl-C."""
    raise NotAvailable("The page is not there yet.", "Use `tutor ask`.")


def model(options: argparse.Namespace) -> int:
    """List local models, or fetch one."""
    raise NotAvailable(
        "Fetching language models is not there yet.",
        "The reader answers without one; hf:FOLDER takes a model that is already on this machine.",
    )
