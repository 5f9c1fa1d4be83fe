"""Reading a transformers folder: device, number format, and nothing that could run its code.

Knows transformers' loaders and what may go wrong in them; knows nothing about chats or streaming.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging import ERROR
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError

from tutor.errors import NoModel
from tutor.llm import attention, quantise

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

HINT = "Give the folder of a transformers chat model: config.json, tokenizer, *.safetensors."

# What transformers raises over a folder it cannot use: files missing or malformed, an architecture
# or quantisation it lacks, values out of range, tensors of other shapes, no memory on the device.
FAILURES = (
    OSError,
    ValueError,
    LookupError,
    TypeError,
    ImportError,
    RuntimeError,
    StrictDataclassError,
)

# Of a model's own generation settings, those that mean something to one streamed answer. Beams,
# assistants and length limits would break streaming or the token budget.
KEPT = (
    "pad_token_id",
    "repetition_penalty",
    "no_repeat_ngram_size",
    "suppress_tokens",
    "top_k",
    "top_p",
    "min_p",
)


_LOADING = threading.Lock()
"""transformers changes torch's default number format while it loads, for all threads at once: two
loads side by side could leave the wrong one behind."""
WORTH_IT = 50_000_000
"""Weights from which on reading them takes most of the time."""


def read(folder: Path) -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    """The model in `folder`, ready to generate, and its tokenizer.

    The folder's own Python code is never run, pickled weights are never opened and no hub is asked.

    Raises:
        NoModel: the folder is missing, holds no model that transformers knows, has no safetensors
            weights or not all of them, or has no chat template.
    """
    if not (folder / "config.json").is_file():
        lack = "has no config.json" if folder.is_dir() else "is not a folder"
        raise NoModel(f"There is no model there: {folder} {lack}.", HINT)
    try:
        with _LOADING, _quiet():
            tokenizer = _read_tokenizer(folder)
            return _read_model(folder), tokenizer
    except FAILURES as error:
        why = _first_line(error)
        raise NoModel(f"The model in {folder} cannot be loaded: {why}", HINT) from error
    except SafetensorError as error:
        raise NoModel(f"Weights in {folder} are damaged: {error}.", "Fetch them again.") from error


def suit(model: PreTrainedModel, eight_bit: bool | None) -> None:
    """Make a model that is computed on a processor as fast there as it can be."""
    if model.device.type != "cpu":
        return
    if eight_bit or (eight_bit is None and model.num_parameters() > WORTH_IT and quantise.able()):
        quantise.quantise(model)
    attention.adopt(model)


def context_length(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> int:
    """Tokens the model can attend to, prompt and answer together."""
    config = model.config.get_text_config()
    length: int = getattr(config, "max_position_embeddings", None) or tokenizer.model_max_length
    return length


def take_settings(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> dict[str, Any]:
    """Move the model's own generation settings out of it, as far as they are wanted.

    What stayed would be merged into every call by `generate()`. `eos_token_id` is always a list:
    a chat model often ends its turn with another token than the one it ends a text with.
    """
    from transformers import GenerationConfig

    own = model.generation_config
    model.generation_config = GenerationConfig.from_dict({})
    ends = own.eos_token_id if isinstance(own.eos_token_id, list) else [own.eos_token_id]
    ends = sorted({end for end in (*ends, tokenizer.eos_token_id) if end is not None})
    values = {name: getattr(own, name, None) for name in KEPT}
    return {"eos_token_id": ends} | {k: v for k, v in values.items() if v is not None}


def _read_tokenizer(folder: Path) -> PreTrainedTokenizerBase:
    from transformers import AutoTokenizer

    tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(
        folder, local_files_only=True, trust_remote_code=False
    )
    if not tokenizer.chat_template:
        raise NoModel(
            f"The model in {folder} has no chat template, so it is not a chat model.",
            "Use the instruction-tuned version of the model, often named -Instruct or -it.",
        )
    return tokenizer


def _read_model(folder: Path) -> PreTrainedModel:
    from transformers import AutoModelForCausalLM

    device = _device()
    loaded: Any = AutoModelForCausalLM.from_pretrained(
        folder,
        dtype=_dtype(device),
        local_files_only=True,
        trust_remote_code=False,
        use_safetensors=True,
        output_loading_info=True,
    )
    model, report = loaded
    absent = sorted(report["missing_keys"])
    if absent:  # transformers would fill them with random numbers and go on
        raise NoModel(
            f"The weights in {folder} are incomplete: {absent[0]} is missing.",
            "Fetch the model again, and take one that is made to generate text.",
        )
    ready: PreTrainedModel = model.to(device).eval()
    return ready


def _device() -> torch.device:
    import torch

    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


def _dtype(device: torch.device) -> torch.dtype:
    """Half the memory where the hardware multiplies bfloat16; float32 where it would be emulated.

    With the instructions a prompt is read three times as fast as in float32, without them slower.
    """
    import torch

    if device.type == "cuda":
        native = torch.cuda.is_bf16_supported(including_emulation=False)
        return torch.bfloat16 if native else torch.float16
    if device.type == "mps":
        return torch.bfloat16
    able = torch.cpu.get_capabilities()
    native = any(able.get(name, False) for name in ("avx512_bf16", "amx_bf16", "bf16"))
    return torch.bfloat16 if native else torch.float32


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return f"{lines[0] if lines else ''} ({type(error).__name__})"


@contextmanager
def _quiet() -> Iterator[None]:
    """Without transformers' progress bars and warnings; whatever matters is raised."""
    from transformers.utils import logging

    level, bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity(ERROR)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        logging.set_verbosity(level)
        if bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
