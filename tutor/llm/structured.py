"""A chat model that can only write JSON of a given form. The one door to llguidance.

A local model is held to the form token by token; a server is handed the JSON schema and holds to it
itself. Knows forms (pydantic models) and engines; knows nothing about what is written.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import HumanMessage
from pydantic import BaseModel, ValidationError

if TYPE_CHECKING:
    from llguidance import LLTokenizer
    from transformers import LogitsProcessorList

Form = TypeVar("Form", bound=BaseModel)

MAX_TOKENS = 700
"""The longest form; its strings have a length of their own, or one of them would take it all."""


class StructuredWriter:
    """Writes forms with a chat model.

    Args:
        model: the engine's.
        name: how results call it.
        temperature: 0 always takes the likeliest token.
        seed: the same seed, prompt and model give the same form, where the engine allows it.
    """

    def __init__(
        self, model: BaseChatModel, name: str, *, temperature: float = 0.0, seed: int = 0
    ) -> None:
        self._model = model
        self.name = name
        self._temperature = temperature
        self._seed = seed

    def write(self, prompt: str, form: type[Form]) -> Form | None:
        """What the model writes into the form, None where that is no such form after all.

        Raises:
            NoModel: the engine cannot answer.
        """
        schema = form.model_json_schema()
        text = self._locally(prompt, schema) if self._is_local() else self._remotely(prompt, schema)
        found = re.search(r"\{.*\}", text, re.S)
        try:
            # a model may put a bare line break into a string, which strict JSON forbids
            return form.model_validate(json.loads(found[0], strict=False)) if found else None
        except (ValueError, ValidationError):
            return None

    def _is_local(self) -> bool:
        from tutor.llm.local import LocalChatModel

        return isinstance(self._model, LocalChatModel)

    def _locally(self, prompt: str, schema: dict[str, Any]) -> str:
        import torch

        room = {"temperature": self._temperature, "max_new_tokens": MAX_TOKENS}
        model = self._model.model_copy(update=room)
        torch.manual_seed(self._seed)
        processors = processors_for(self._model.tokenizer, schema)  # type: ignore[attr-defined]
        return str(model.invoke([HumanMessage(prompt)], logits_processor=processors).text)

    def _remotely(self, prompt: str, schema: dict[str, Any]) -> str:
        shape = {"name": "form", "schema": schema, "strict": True}
        bound = self._model.bind(
            response_format={"type": "json_schema", "json_schema": shape},
            temperature=self._temperature,
            seed=self._seed,
            max_tokens=MAX_TOKENS,
        )
        return str(bound.invoke([HumanMessage(prompt)]).text)


def processors_for(tokenizer: Any, schema: dict[str, Any]) -> LogitsProcessorList:  # noqa: ANN401
    """What holds `generate()` to a JSON schema: without free white space, ended when complete."""
    import torch
    from llguidance import LLMatcher
    from transformers import LogitsProcessor, LogitsProcessorList

    grammar = LLMatcher.grammar_from_json_schema(schema, overrides={"whitespace_flexible": False})
    matcher = LLMatcher(_vocabulary(tokenizer), grammar)

    class Held(LogitsProcessor):
        """Forbids every token that would leave the form; tokens of the prompt are not its own."""

        def __init__(self) -> None:
            self.read = 0

        def __call__(
            self, input_ids: torch.LongTensor, scores: torch.FloatTensor
        ) -> torch.FloatTensor:
            if self.read:
                matcher.consume_tokens(input_ids[0, self.read :].tolist())
            self.read = input_ids.shape[-1]
            allowed = torch.frombuffer(bytearray(matcher.compute_logit_bias()), dtype=torch.uint8)
            mask = torch.ones(scores.shape[-1], dtype=torch.bool)
            size = min(len(mask), len(allowed))
            mask[:size] = allowed[:size] == 0
            held = scores.masked_fill(mask.to(scores.device), float("-inf"))
            return held  # type: ignore[return-value]

    return LogitsProcessorList([Held()])


@lru_cache(maxsize=2)
def _vocabulary(tokenizer: Any) -> LLTokenizer:  # noqa: ANN401
    """The tokens as llguidance wants them: seconds for a large vocabulary, so made once."""
    from llguidance.hf import from_tokenizer

    return from_tokenizer(tokenizer)
