"""Which engine answers now, and how another takes its place while questions go on being answered.

Knows when a model is loaded, fetched and fast enough; knows nothing about notes. The page calls
`offer`, `fetch` and looks at `fetching`, `loading`, `engine` and `notice`; nothing here waits for a
model unless `current` is asked for one that was named.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from ingest.build import silent
from ingest.errors import TutorError
from ingest.index import Progress
from tutor.errors import FetchFailed, FetchStopped, HubUnreachable, NoModel
from tutor.llm import catalog, hub, speed
from tutor.llm.choose import READER, Chosen, choose, describe
from tutor.llm.fetch import Fetch, State
from tutor.llm.fetch import Progress as Fetched
from tutor.llm.machine import this_machine
from tutor.llm.shelf import Shelf, Shelved
from tutor.llm.speed import Speed
from tutor.settings import AUTO
from tutor.source import Engine

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Offer:
    """What could be fetched here.

    Args:
        listed: the model that suits this machine, None where none does.
        free: bytes free on the disk of the home.
        speed: estimated; None without a model.
    """

    listed: catalog.Listed | None
    free: int
    speed: Speed | None


@dataclass(frozen=True, slots=True)
class Notice:
    """Why the reader answers although a model was to, for people."""

    kind: Literal["slow", "no_hub", "stopped", "failed"]
    ko: str
    en: str


class Engines:
    """The engine of a tutor.

    Args:
        spec: "auto", "reader", "hf:…" or "openai:…".
        shelf: the models of the home.
        progress: told how far the download of a model is that was named and must be waited for.

    Attributes:
        fetching: the latest download, None before there was one.
        looking: whether it is being found out what suits this machine, to fetch it unasked.
    """

    def __init__(self, spec: str, shelf: Shelf, progress: Progress = silent) -> None:
        self.spec = spec
        self.shelf = shelf
        self._progress = progress
        self.fetching: Fetch | None = None
        self.looking = False
        self._notice: Notice | None = None
        self._host: Engines | None = None
        self._chosen: Chosen | None = None
        self._known: dict[str, Chosen] = {}
        self._loading: threading.Thread | None = None
        self._changing = threading.Lock()

    @property
    def engine(self) -> Engine:
        """Which one answers, without loading it."""
        if self._chosen:
            return self._chosen.engine
        if self._host:
            return self._host.engine
        if self.spec != AUTO or self._loading:
            return READER.engine if self._loading else describe(self.spec)
        model = self._ready_model()
        return Engine(model.repo, "transformers") if model else READER.engine

    @property
    def notice(self) -> Notice | None:
        """Why the reader answers and no model; None where a model does, or it was chosen."""
        if self._host and not self._chosen:
            return self._host.notice
        return self._notice

    @property
    def loading(self) -> str | None:
        """The model that is being loaded in the background; None where none is."""
        return self._loading.name if self._loading and self._loading.is_alive() else None

    def current(self) -> Chosen:
        """The engine, loaded; the reader while one is being loaded in the background.

        Raises:
            NoModel: the one that was named cannot be had. "auto" takes the reader instead.
        """
        if self._host and not self._chosen:
            return self._host.current()
        if self._loading is not None and self._chosen is None:
            return READER
        with self._changing:
            if self._chosen is None:
                self._chosen = self._open()
            return self._chosen

    def use(self, chosen: Chosen) -> None:
        """Let another engine answer from the next question on."""
        self._chosen = chosen

    def switch(self, spec: str) -> Engine:
        """Answer by another specification from now on, its engine loaded when this returns.

        Raises:
            NoModel: it cannot be loaded; the one before goes on answering.
        """
        if spec == AUTO:
            self.spec, self._chosen = spec, None
            return self.current().engine
        if spec not in self._known:
            self._known[spec] = choose(spec, self.shelf, self._progress)
        self.spec, self._chosen, self._notice = spec, self._known[spec], None
        return self._chosen.engine

    def beside(self) -> Engines:
        """Engines of somebody else on this machine: these ones, until something else is chosen.

        Nothing is loaded twice.
        """
        other = Engines(self.spec, self.shelf, self._progress)
        other._known, other._host = self._known, self
        return other

    def load_behind(self) -> None:
        """Load in the background, where loading takes time; the reader answers meanwhile."""
        model = self._ready_model() if self.spec == AUTO else None
        name = model.repo if model else describe(self.spec).name
        if not (model or self.spec.startswith("hf:")) or self._loading is not None:
            return

        def load() -> None:
            try:
                self.use(self._open())
            except NoModel as error:
                self._notice = _notice_of(error)
                self.use(READER)

        self._loading = threading.Thread(target=load, name=name, daemon=True)
        self._loading.start()

    def offer(self) -> Offer:
        """The model that suits this machine, and how fast it would be; takes about a second."""
        listed = catalog.suited(this_machine())
        found = speed.estimate(listed.weights) if listed else None
        return Offer(listed, self.shelf.free(), found)

    def fetch(
        self, name: str | None = None, tell: Callable[[Fetched], None] | None = None
    ) -> Fetch:
        """Begin to fetch a model, which takes over when it is there and fast enough.

        Whoever switches to another engine while it comes keeps that one.

        Args:
            name: of the catalogue or of a repository; None takes the one that suits this machine.
            tell: called from the download's thread when its state changes.

        Returns:
            The download, or the one that is already going on.

        Raises:
            NoModel: none suits this machine.
        """
        with self._changing:
            if self.fetching is not None and not self.fetching.progress.ended:
                return self.fetching
            repo = catalog.named(name) if name else _suited().repo
            self.spec, self._notice = AUTO, None
            self.fetching = Fetch(
                self.shelf, repo, tell or (lambda progress: None), self._take_over
            )
            return self.fetching.start()

    def fetch_suited(self, say: Say) -> None:
        """What `serve --fetch-model` does, in the background: say what comes, bring it, use it.

        A model that is there already is loaded; one whose download was stopped stays so.
        """

        def work() -> None:
            try:
                self._fetch_suited(say)
            except TutorError as error:
                self._notice = _notice_of(error)
                _say(self._notice, say)
            finally:
                self.looking = False

        self.looking = True
        threading.Thread(target=work, name="fetch-suited", daemon=True).start()

    def _fetch_suited(self, say: Say) -> None:
        if self.shelf.all():
            self.load_behind()
            return
        with suppress(FetchFailed):  # it answers: whether it has this very model is not the point
            hub.look_up(catalog.CATALOG[-1].repo)
        found = self.offer()
        if found.listed is None or found.speed is None:
            raise _none_suits()
        if self.shelf.unwanted(found.listed.repo):
            raise FetchStopped(
                f"The download of {found.listed.name} was stopped, so it is not begun again.",
                f"`tutor model pull {found.listed.name}` or the page goes on with it.",
            )
        if not found.speed.enough:
            self._notice = _slow(found.listed.repo, found.speed)
            _say(self._notice, say)
            return
        ended = self.fetch(found.listed.repo, lambda now: _announce(now, say)).wait()
        if ended.error is not None:
            raise ended.error
        if ended.state is State.READY and self._notice:
            _say(self._notice, say)
        elif ended.state is State.READY and self.engine.name == ended.repo:
            say(f"{ended.repo} answers from now on.")

    def _take_over(self, model: Shelved) -> None:
        """Load a model that just came and answer by it, unless somebody chose an engine since."""
        self._known.pop(f"hf:{model.repo}", None)  # an older revision
        chosen = self._opened(model)
        if self.spec == AUTO:
            self.use(chosen)

    def _open(self) -> Chosen:
        if self.spec != AUTO:
            return choose(self.spec, self.shelf, self._progress)
        model = self._ready_model()
        if model is None:
            return READER
        try:
            return self._opened(model)
        except NoModel as error:
            self._notice = _notice_of(error)
            return READER

    def _ready_model(self) -> Shelved | None:
        """The latest model of the home that is not known to be too slow."""
        for model in self.shelf.all():
            known = _known_speed(model)
            if known is None or known.enough:
                return model
            self._notice = _slow(model.repo, known)
        return None

    def _opened(self, model: Shelved) -> Chosen:
        """A model of the home, loaded and measured; the reader where it is too slow here."""
        spec = f"hf:{model.repo}"
        chosen = self._known.get(spec) or choose(spec, self.shelf)
        known = _known_speed(model) or speed.measure(chosen.local())
        self.shelf.measured(model, known.tokens_per_s, known.first_token_s)
        if known.enough:
            self._known[spec] = chosen
            return chosen
        self._notice = _slow(model.repo, known)
        return READER


def _known_speed(model: Shelved) -> Speed | None:
    if model.tokens_per_s is None or model.first_token_s is None:
        return None
    return Speed(model.tokens_per_s, model.first_token_s)


def _suited() -> catalog.Listed:
    found = catalog.suited(this_machine())
    if found is None:
        raise _none_suits()
    return found


def _none_suits() -> NoModel:
    least = catalog.CATALOG[-1].needs
    return NoModel(
        f"No local model suits this machine: {least.cores} cores and {least.memory:g} GB of memory "
        "are the least.",
        "The reader answers from your notes, and a server can be used with --llm openai:….",
    )


def _slow(repo: str, found: Speed) -> Notice:
    figures = f"{found.tokens_per_s:.1f}", f"{found.first_token_s:.0f}"
    return Notice(
        "slow",
        f"이 컴퓨터에서 {repo} 모델은 초당 {figures[0]}토큰, 첫 글자까지 {figures[1]}초라서 "
        "너무 느려요. 기본 리더가 답해요.",
        f"{repo} would be too slow here ({figures[0]} tokens/s, {figures[1]} s to the first one): "
        "the reader answers.",
    )


def _notice_of(error: TutorError) -> Notice:
    english = f"{error.message} The reader answers from your notes."
    if isinstance(error, HubUnreachable):
        return Notice(
            "no_hub",
            "모델 허브에 연결할 수 없어 기본 리더가 답해요.",
            "No model hub can be reached, so the reader answers from your notes.",
        )
    if isinstance(error, FetchStopped):
        return Notice(
            "stopped", "받다가 멈춘 모델은 다시 시작하지 않아요.", english + f" {error.hint}"
        )
    return Notice("failed", "언어 모델을 쓸 수 없어 기본 리더가 답해요.", f"{english} {error.hint}")


def _say(notice: Notice, say: Say) -> None:
    say(f"{notice.ko} ({notice.en})")


def _announce(now: Fetched, say: Say) -> None:
    if now.state is State.FETCHING:
        say(
            f"{now.repo} ({now.licence}, {now.total / 1e9:.1f} GB; {now.free / 1e9:.0f} GB free) "
            "comes down in the background; the reader answers meanwhile. "
            "(모델을 받는 동안에는 기본 리더가 답해요.)"
        )
