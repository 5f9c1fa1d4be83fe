"""Keeps notes and questions on this machine: switches off what the libraries would send.

Knows the switches of LangChain's tracing, the model hub's telemetry and the page's analytics. They
are environment variables, so they are set when a tutor is opened, whatever was there before.
"""

from __future__ import annotations

import os
from typing import Any, cast

_OFF = {
    "LANGSMITH_TRACING": "false",
    "LANGSMITH_TRACING_V2": "false",
    "LANGCHAIN_TRACING": "false",
    "LANGCHAIN_TRACING_V2": "false",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
}


def stay_private() -> None:
    """Switch every kind of reporting off for this process."""
    from langsmith import utils

    os.environ.update(_OFF)
    cast(Any, utils.get_env_var).cache_clear()  # it remembers what the environment said before
