"""From token ids to text while a model generates: whole characters, string stops, a thread.

Knows token ids, characters and threads; knows nothing about chat messages or how a model is loaded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

# What a tokenizer decodes bytes to that are no character: part of one, or the model's nonsense.
BROKEN = "\ufffd"


class CharacterDecoder:
    """Turns single token ids into text that is never cut inside a character.

    A Hangul syllable is three bytes of UTF-8 and may be three tokens: nothing is handed out until
    the last of them is there. Each step decodes only the tokens of the last piece and those after
    it, since some tokenizers drop a leading space and so need to see what came before.

    Args:
        decode: token ids to text, the same text for the same ids wherever they stand.
    """

    def __init__(self, decode: Callable[[list[int]], str]) -> None:
        self._decode = decode
        self._ids: list[int] = []
        self._seen = 0

    def feed(self, token: int) -> str:
        """The text that `token` completes, often none."""
        self._ids.append(token)
        text = self._decode(self._ids)
        return "" if text.endswith(BROKEN) else self._take(text)

    def flush(self) -> str:
        """What is left at the end, without the bytes of an unfinished character."""
        return self._take(self._decode(self._ids))

    def _take(self, text: str) -> str:
        piece = text[len(self._decode(self._ids[: self._seen])) :]
        if piece:
            self._ids = self._ids[self._seen :]
            self._seen = len(self._ids)
        return piece.replace(BROKEN, "")


class StopFilter:
    """Lets text through up to the first of the given strings, however it is cut into pieces.

    Attributes:
        met: one of the strings has come; nothing after it is let through.
    """

    def __init__(self, stops: Sequence[str]) -> None:
        self._stops = tuple(stop for stop in stops if stop)
        self._held = ""
        self.met = False

    def feed(self, piece: str) -> str:
        """The text that can no longer become part of a stop string."""
        text, self._held = self._held + piece, ""
        starts = [at for stop in self._stops if (at := text.find(stop)) >= 0]
        if self.met or starts:
            free = 0 if self.met else min(starts)
            self.met = True
            return text[:free]
        free = len(text) - self._beginning(text)
        self._held = text[free:]
        return text[:free]

    def flush(self) -> str:
        """What was held back in case a stop string followed."""
        text, self._held = self._held, ""
        return text

    def _beginning(self, text: str) -> int:
        """How many characters at the end of `text` may be the beginning of a stop string."""
        sizes = [n for stop in self._stops for n in range(1, len(stop)) if text.endswith(stop[:n])]
        return max(sizes, default=0)


class TokenStreamer:
    """The `streamer` of transformers' `generate()`, and the iterator at its other end.

    Args:
        decode: token ids to text, special tokens left out.
        stops: strings that end the text; they are not part of it.
        cancel: an event by which anybody may end the generation after the token at hand.

    Attributes:
        ids: the tokens generated so far, the prompt not among them.
        known: tokens of the prompt that had been read for an earlier answer.
    """

    def __init__(
        self,
        decode: Callable[[list[int]], str],
        stops: Sequence[str] = (),
        cancel: threading.Event | None = None,
    ) -> None:
        self.ids: list[int] = []
        self.known = 0
        self._decoder = CharacterDecoder(decode)
        self._filter = StopFilter(stops)
        self._cancel = cancel or threading.Event()
        self._closed = threading.Event()
        self._pieces: SimpleQueue[str | None] = SimpleQueue()
        self._prompt_is_next = True

    @property
    def cancelled(self) -> bool:
        """Nobody waits for more text.

        Python joins our thread when the program ends; that must not take until the answer's end.
        """
        wanted = threading.main_thread().is_alive()
        return not wanted or self._closed.is_set() or self._cancel.is_set()

    @property
    def stop_met(self) -> bool:
        """A stop string has come."""
        return self._filter.met

    def put(self, value: Tensor) -> None:
        """Take what `generate()` hands over: first the prompt, then one token at a time."""
        if self._prompt_is_next:
            self._prompt_is_next = False
            return
        for token in value.flatten().tolist():
            self.ids.append(token)
            self._send(self._filter.feed(self._decoder.feed(token)))

    def end(self) -> None:
        """Let go of the text held back; called by `generate()` when no more tokens come."""
        self._send(self._filter.feed(self._decoder.flush()))
        self._send(self._filter.flush())

    def pieces(self, generate: Callable[[], object]) -> Generator[str, None, None]:
        """Run `generate` in a thread of its own and yield the text as it comes.

        However this ends (no more text, an error, the consumer closing the iterator), the thread
        has ended before it does.

        Raises:
            BaseException: whatever `generate` raised, at once.
        """
        failure: list[BaseException] = []
        thread = threading.Thread(target=self._run, args=(generate, failure), name="generate")
        thread.start()
        try:
            yield from iter(self._pieces.get, None)
        finally:
            self._closed.set()
            thread.join()
        if failure:
            raise failure.pop()

    def _run(self, generate: Callable[[], object], failure: list[BaseException]) -> None:
        try:
            generate()
        except BaseException as error:  # handed to the consumer's thread, which raises it
            failure.append(error)
        finally:
            self._pieces.put(None)

    def _send(self, piece: str) -> None:
        if piece:
            self._pieces.put(piece)
