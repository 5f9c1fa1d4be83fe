"""model: the local language models that can be had."""

from __future__ import annotations

import argparse

from tutor.errors import NotAvailable


def model(options: argparse.Namespace) -> int:
    """List local models, or fetch one."""
    raise NotAvailable(
        "Fetching language models is not there yet.",
        "The reader answers without one; --llm hf:FOLDER takes a model already on this machine.",
    )
