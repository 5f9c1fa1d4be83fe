"""A chat model behind an OpenAI-compatible server: llama.cpp, Ollama, vLLM, or a hosted one.

Knows how to read `MODEL@BASE_URL` and to find out quickly that nobody listens there; the talking is
langchain-openai's. Knows nothing about models in folders.
"""

from __future__ import annotations

import os
import re
import socket
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from langchain_core.language_models.chat_models import BaseChatModel

from tutor.errors import NoModel

HINT = "Write it as openai:MODEL@BASE_URL, for example openai:qwen3:0.6b@http://127.0.0.1:11434/v1"

PROBE_SECONDS = 3.0
ANSWER_SECONDS = 120.0  # the longest silence within an answer: a long prompt on a slow machine
MAX_TOKENS = 512  # llama.cpp writes without end where no limit is given


def open_server(spec_rest: str) -> BaseChatModel:
    """The chat model that `MODEL@BASE_URL` names, after seeing that its server listens.

    The key comes from OPENAI_API_KEY; without one a placeholder is sent, which local servers take.

    Raises:
        NoModel: the model or the address is missing or malformed, or nobody answers there within
            `PROBE_SECONDS`.
    """
    model, url = _parse(spec_rest)
    if not _listens(*_first_stop(url)):
        raise NoModel(
            f"No server answers at {url.scheme}://{url.hostname}:{_port(url)}.",
            "Start the server, or check the address; --llm reader needs none.",
        )
    from langchain.chat_models import init_chat_model

    chat: BaseChatModel = init_chat_model(
        model,
        model_provider="openai",
        base_url=url.geturl(),
        api_key=os.environ.get("OPENAI_API_KEY") or "not-needed",
        stream_usage=True,
        use_responses_api=False,
        max_tokens=MAX_TOKENS,
        timeout=ANSWER_SECONDS,
        max_retries=1,
    )
    return chat


def _parse(spec_rest: str) -> tuple[str, SplitResult]:
    """Model names may hold `:`, `/` and `@`, and so may addresses: the scheme divides them."""
    found = re.fullmatch(r"(?P<model>[^\s]+?)@(?P<url>https?://[^\s]+)", spec_rest.strip())
    if not found:
        raise NoModel(f"Not a model on a server: {spec_rest!r}.", HINT)
    url = urlsplit(found["url"])
    try:
        usable = bool(url.hostname) and _port(url) > 0
    except ValueError:  # urllib's way to say that the port is no port
        usable = False
    if not usable:
        raise NoModel(f"Not an address of a server: {found['url']!r}.", HINT)
    return found["model"], url


def _port(url: SplitResult) -> int:
    return url.port if url.port is not None else 443 if url.scheme == "https" else 80


def _first_stop(url: SplitResult) -> tuple[str, int]:
    """Host and port that a packet goes to first: the proxy's, where one is set for this address."""
    proxy = getproxies().get(url.scheme)
    if proxy and not proxy_bypass(url.hostname or ""):
        url = urlsplit(proxy)
    return url.hostname or "", _port(url)


def _listens(host: str, port: int) -> bool:
    """Whether a TCP connection opens within `PROBE_SECONDS`, looking up the name included.

    The look-up takes no time limit, so it happens in a thread that may be left behind.
    """
    opened: SimpleQueue[bool] = SimpleQueue()
    Thread(target=_probe, args=(host, port, opened), name="probe", daemon=True).start()
    try:
        return opened.get(timeout=PROBE_SECONDS)
    except Empty:
        return False


def _probe(host: str, port: int, opened: SimpleQueue[bool]) -> None:
    try:
        socket.create_connection((host, port), timeout=PROBE_SECONDS).close()
    except (OSError, UnicodeError):  # the second for a host name that cannot be encoded
        opened.put(False)
    else:
        opened.put(True)
