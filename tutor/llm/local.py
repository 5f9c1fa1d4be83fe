"""A transformers model in a local folder as a LangChain chat model that streams and can be stopped.

Knows chat templates, token budgets and `generate()`; knows nothing about notes or citations.
`weights.py` reads the folder, `streamer.py` turns tokens into text.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.messages.ai import InputTokenDetails, UsageMetadata
from langchain_core.messages.utils import convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import Field, PrivateAttr

from tutor.errors import NoModel
from tutor.llm import weights
from tutor.llm.machine import idle_cores
from tutor.llm.prefix import Prefixes
from tutor.llm.streamer import TokenStreamer
from tutor.prompts.notes import BUDGET

if TYPE_CHECKING:
    import torch
    from transformers import DynamicCache, GenerationConfig, StoppingCriteriaList

_RULES, _FEWEST = 300, 100
"""Tokens of a prompt beside the notes, and the fewest of notes that are worth asking about."""
PIECE = 128
"""Tokens of a prompt read at a time: about half a second on two cores, after which to stop."""


class LocalChatModel(BaseChatModel):
    """A causal language model with a chat template; `load` makes one.

    `stream`, `invoke` and their async twins take two keywords: `cancel`, a `threading.Event` that
    ends the answer after the token at hand, and `logits_processor`, handed on to `generate()`. The
    last chunk carries the token counts and a `finish_reason`: stop, length or cancelled. Answers
    are generated one at a time, since side by side on one machine each would only be slower.

    Args:
        model: a transformers `PreTrainedModel`.
        tokenizer: its tokenizer, with a chat template.
        settings: its own generation settings, see `weights.take_settings`.
        context: tokens it can attend to, prompt and answer together.
        max_new_tokens: the longest answer; never more than half of `context`.
        temperature: above 0 samples; None or 0 always takes the likeliest token.
        threads: None takes as many as cores are idle when an answer begins; a number leaves
            torch's setting alone.
    """

    kind: ClassVar[Literal["transformers"]] = "transformers"

    model: Any = Field(exclude=True, repr=False)
    tokenizer: Any = Field(exclude=True, repr=False)
    settings: dict[str, Any]
    context: int = Field(gt=1)
    max_new_tokens: int = Field(default=512, gt=0)
    temperature: float | None = Field(default=None, ge=0)
    threads: int | None = Field(default=None, gt=0)
    _turn: threading.Lock = PrivateAttr(default_factory=threading.Lock)
    _prefixes: Prefixes | None = PrivateAttr(default=None)

    @property
    def _llm_type(self) -> str:
        return "transformers-local"

    @property
    def _identifying_params(self) -> dict[str, Any]:
        kept = ("name", "context", "max_new_tokens", "temperature", "settings")
        return {name: getattr(self, name) for name in kept}

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        prompt = self._prompt(messages)
        streamer = TokenStreamer(self._text, stop or (), kwargs.get("cancel"))
        options = {"streamer": streamer, "logits_processor": kwargs.get("logits_processor")}
        with closing(streamer.pieces(lambda: self._run(prompt, streamer, options))) as pieces:
            for piece in pieces:
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece))
        yield self._last_chunk(prompt.shape[-1], streamer)

    def _prompt(self, messages: list[BaseMessage]) -> torch.Tensor:
        """The messages through the chat template: token ids of shape (1, tokens).

        Raises:
            NoModel: the template refuses the messages, or they leave no room for an answer.
        """
        from jinja2 import TemplateError

        turns = convert_to_openai_messages(messages, text_format="string")
        try:
            prompt = self._templated(turns)
        except (TemplateError, ValueError) as error:
            if not (len(turns) > 1 and turns[0]["role"] == "system"):
                raise self._refused(error) from error
            # some templates know no system turn: the rules go before the question
            merged = {**turns[1], "content": f"{turns[0]['content']}\n\n{turns[1]['content']}"}
            try:
                prompt = self._templated([merged, *turns[2:]])
            except (TemplateError, ValueError) as again:
                raise self._refused(again) from again
        self._check_room(prompt.shape[-1])
        return prompt

    def _templated(self, turns: Sequence[dict[str, Any]]) -> torch.Tensor:
        prompt: torch.Tensor = self.tokenizer.apply_chat_template(
            turns,
            add_generation_prompt=True,
            sanitize_control_tokens=True,  # <|im_end|> inside a note stays text
            enable_thinking=False,  # minutes on a CPU; templates without it ignore it
            return_tensors="pt",
        )["input_ids"]
        return prompt

    def _refused(self, error: Exception) -> NoModel:
        return NoModel(
            f"The chat template of {self.name} cannot render this conversation: {error}",
            "Use another model, or ask with --llm reader.",
        )

    def _check_room(self, tokens: int) -> None:
        room = self.context - self._longest_answer
        if tokens > room:
            raise NoModel(
                f"{self.name} reads {room} tokens beside its answer, and the prompt has {tokens}.",
                "Use a model with a longer context, or ask with --llm reader.",
            )

    @property
    def _longest_answer(self) -> int:
        return min(self.max_new_tokens, self.context // 2)

    @property
    def room_for_notes(self) -> int:
        """Tokens of notes that a prompt should hold: no more than are worth waiting for."""
        return max(_FEWEST, min(BUDGET, self.context - self._longest_answer - _RULES))

    def _text(self, ids: list[int]) -> str:
        # clean-up would change text that has been streamed already ("a ." into "a.")
        text: str = self.tokenizer.decode(
            ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return text

    def _run(self, prompt: torch.Tensor, streamer: TokenStreamer, options: dict[str, Any]) -> None:
        """Generate, in its turn, until the end or until nobody wants more."""
        while not self._turn.acquire(timeout=0.1):
            if streamer.cancelled:
                return
        try:
            if not streamer.cancelled:
                self._answer(prompt.to(self.model.device), streamer, options)
        finally:
            self._turn.release()

    def _answer(
        self, prompt: torch.Tensor, streamer: TokenStreamer, options: dict[str, Any]
    ) -> None:
        """Read what of the prompt was not read before, then write.

        An error leaves the cache that was in use behind, and with it whatever is wrong in it.
        """
        ids = prompt[0].tolist()
        if self._prefixes is None:
            self._prefixes = Prefixes(self.model)
        cache, streamer.known = self._prefixes.take(ids)
        self._use_idle_cores()
        if cache is not None:
            self._read_ahead(prompt, cache, streamer)
        if not streamer.cancelled:
            self.model.generate(
                prompt,
                attention_mask=prompt.new_ones(prompt.shape),
                generation_config=self._generation_config(),
                stopping_criteria=_stopping(streamer),
                past_key_values=cache,
                **options,
            )
        if cache is not None:
            self._prefixes.put(ids + streamer.ids, cache)

    def _read_ahead(
        self, prompt: torch.Tensor, cache: DynamicCache, streamer: TokenStreamer
    ) -> None:
        """All but the end of a prompt, in pieces: between two of them it can be cancelled."""
        import torch

        at = cache.get_seq_length()
        with torch.no_grad():  # as `generate` does: its cache is written to later
            while prompt.shape[-1] - at > PIECE and not streamer.cancelled:
                piece = prompt[:, at : at + PIECE]
                self.model(piece, past_key_values=cache, use_cache=True, logits_to_keep=1)
                at += PIECE

    def _use_idle_cores(self) -> None:
        """As many threads as cores have nothing else to do: one that waits makes all wait."""
        import torch

        if str(self.model.device) == "cpu" and self.threads is None:
            torch.set_num_threads(idle_cores())

    def _generation_config(self) -> GenerationConfig:
        from transformers import GenerationConfig

        own = dict(self.settings)
        if self.temperature:
            own |= {"do_sample": True, "temperature": self.temperature}
        else:  # transformers warns of sampling values that cannot be used
            own = {k: v for k, v in own.items() if k not in ("top_k", "top_p", "min_p")}
        return GenerationConfig.from_dict(own | {"max_new_tokens": self._longest_answer})

    def _last_chunk(self, read: int, streamer: TokenStreamer) -> ChatGenerationChunk:
        written = len(streamer.ids)
        usage = UsageMetadata(
            input_tokens=read,
            output_tokens=written,
            total_tokens=read + written,
            input_token_details=InputTokenDetails(cache_read=streamer.known),
        )
        message = AIMessageChunk(content="", usage_metadata=usage, chunk_position="last")
        reason = self._finish_reason(streamer)
        return ChatGenerationChunk(message=message, generation_info={"finish_reason": reason})

    def _finish_reason(self, streamer: TokenStreamer) -> Literal["stop", "length", "cancelled"]:
        if streamer.stop_met or set(streamer.ids[-1:]) & set(self.settings["eos_token_id"]):
            return "stop"
        return "length" if len(streamer.ids) >= self._longest_answer else "cancelled"


def load(folder: Path, *, eight_bit: bool | None = None) -> LocalChatModel:
    """The chat model in `folder`, named after it, on the best device of this machine.

    Args:
        folder: a transformers folder.
        eight_bit: whether large weights are rounded to 8 bits; None decides for the machine: yes
            where there is no graphics card and the processor multiplies 8-bit integers.

    Raises:
        NoModel: there is no usable chat model; see `weights.read`.
    """
    model, tokenizer = weights.read(folder)
    weights.suit(model, eight_bit)
    return LocalChatModel(
        name=folder.resolve().name,
        model=model,
        tokenizer=tokenizer,
        settings=weights.take_settings(model, tokenizer),
        context=weights.context_length(model, tokenizer),
    )


def _stopping(streamer: TokenStreamer) -> StoppingCriteriaList:
    """What `generate()` asks after every token."""
    import torch
    from transformers import StoppingCriteria, StoppingCriteriaList

    class Unwanted(StoppingCriteria):
        def __call__(
            self, input_ids: torch.LongTensor, scores: torch.FloatTensor, **kwargs: object
        ) -> torch.BoolTensor:
            done = streamer.stop_met or streamer.cancelled
            answer = torch.full(input_ids.shape[:1], done, device=input_ids.device)
            return cast("torch.BoolTensor", answer)

    return StoppingCriteriaList([Unwanted()])
