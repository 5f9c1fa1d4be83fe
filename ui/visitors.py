"""Who is asking. Without logins every browser is the same learner; with them each has a home.

Knows requests and tutors; knows nothing about what is asked. This is the only place where a handler
of the page gets its tutor from.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from ingest.errors import StoredIndexError, TutorError
from ui.page import warn

if TYPE_CHECKING:
    from tutor.tutor import Tutor

Handler = Callable[..., Any]


class Visitors:
    """The tutor of each visitor.

    Args:
        tutor: everybody's where there are no logins, else the one the others are made from.
    """

    def __init__(self, tutor: Tutor) -> None:
        self.host = tutor
        self._own: dict[str, Tutor] = {}
        self._lock = threading.Lock()

    def tutor_of(self, name: str | None) -> Tutor:
        """The tutor of the login `name`; the common one for None."""
        if not name:
            return self.host
        with self._lock:
            if name not in self._own:
                self._own[name] = self.host.for_login(name)
            return self._own[name]

    def bind(self, handler: Handler) -> Handler:
        """`handler` without its first argument, which is the tutor of whoever is asking.

        What a person can put right is said over the page, which otherwise stays as it is.
        """

        def call(request: gr.Request, *values: object) -> Any:  # noqa: ANN401
            try:
                return handler(self.tutor_of(request.username), *values)
            except TutorError as error:
                warn(error)
                return gr.skip()

        def stream(request: gr.Request, *values: object) -> Iterator[Any]:
            try:
                yield from handler(self.tutor_of(request.username), *values)
            except TutorError as error:
                warn(error)
                yield gr.skip()

        return stream if inspect.isgeneratorfunction(handler) else call

    def show(self, handler: Handler) -> Handler:
        """`handler` bound for what is shown unasked.

        Where an index cannot be used it shows nothing, for `ui.repair` says that once for all.
        """

        def unless_broken(tutor: Tutor, *values: object) -> Any:  # noqa: ANN401
            try:
                return handler(tutor, *values)
            except StoredIndexError:
                return gr.skip()

        return self.bind(unless_broken)
