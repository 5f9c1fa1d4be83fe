"""Trains a chat model of half a million weights on seven questions about the bundled course.

It is a real transformers model with a tokenizer and a chat template of its own, and it has learned
these pairs by heart from prompts as `tutor.answer` writes them. It shows that the path works: load,
template, stream, stop, cite. What it says proves nothing about grounding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.tiny_model import END, PAD, START, TEMPLATE

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

PAIRS = (
    (
        "What is the reset gate for?",
        "The reset gate decides how strongly the old hidden state counts [1].",
    ),
    (
        "How does CBOW learn?",
        "CBOW averages the vectors of the surrounding words and predicts the centre word [1].",
    ),
    (
        "What does skip-gram predict?",
        "Skip-gram takes the centre word and predicts each surrounding word [2].",
    ),
    ("리셋 게이트는 뭐야?", "리셋 게이트는 이전 은닉 상태를 얼마나 반영할지 정한다 [1]."),
    ("에포크가 뭐야?", "에포크는 학습 데이터 전체를 한 번 다 보는 단위이다 [1]."),
    ("희소 벡터가 뭐야?", "희소 벡터는 차원이 크고 거의 모든 값이 0이다 [1]."),
    ("교사 강요가 뭐야?", "교사 강요는 정답인 직전 단어를 다음 입력으로 주는 방법이다 [1]."),
)
"""Questions and what is learned to be said about them; the passages cited say the same."""
CONTEXT = 1100
STEPS = 240
ENOUGH = 0.01
"""Loss at which every token is said for sure."""


def recipe(prompts: Sequence[str]) -> str:
    """Identifies a trained model: the same recipe on the same prompts makes the same one."""
    return hashlib.sha256(
        (Path(__file__).read_text(encoding="utf-8") + "".join(prompts)).encode()
    ).hexdigest()[:16]


def train(folder: Path, examples: Sequence[tuple[list[dict[str, str]], str]]) -> Path:
    """Learn to answer chats; writes a transformers folder.

    Args:
        folder: where to.
        examples: the messages of a chat, and what is said then.
    """
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    texts = [said["content"] for chat, _ in examples for said in chat] + [a for _, a in examples]
    tokenizer = _tokenizer(texts)
    rows = [_row(tokenizer, chat, answer) for chat, answer in examples]
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=96,
        intermediate_size=192,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # two take four times as long where something else is running
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(7)
        model = LlamaForCausalLM(config)
        _fit(model, rows)
    torch.set_num_threads(threads)
    model.eval().save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def _fit(model: Any, rows: Sequence[tuple[list[int], int]]) -> None:
    """Teach the answers alone; stops as soon as every token of them is likely enough."""
    import torch

    optimiser = torch.optim.AdamW(model.parameters(), lr=5e-3, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 5e-3, STEPS, pct_start=0.1)
    longest = max(len(ids) for ids, _ in rows)
    ids = torch.full((len(rows), longest), model.config.pad_token_id)
    wanted = torch.full((len(rows), longest), -100)
    for at, (row, start) in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        wanted[at, start : len(row)] = torch.tensor(row[start:])
    first = int((wanted != -100).int().argmax(1).min()) - 1
    for _ in range(STEPS):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = model.model(input_ids=ids).last_hidden_state[:, first:-1]
            scores = model.lm_head(hidden).float()
        loss = torch.nn.functional.cross_entropy(
            scores.flatten(0, 1), wanted[:, first + 1 :].flatten()
        )
        if loss.item() < ENOUGH:
            break
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()


def _row(
    tokenizer: PreTrainedTokenizerFast, chat: list[dict[str, str]], answer: str
) -> tuple[list[int], int]:
    """Token ids of a chat with its answer, and where the answer begins."""
    ids = tokenizer.apply_chat_template(chat, add_generation_prompt=True)["input_ids"]
    said = tokenizer(answer, add_special_tokens=False)["input_ids"]
    return [*ids, *said, tokenizer.eos_token_id], len(ids)


def _tokenizer(texts: Sequence[str]) -> PreTrainedTokenizerFast:
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    raw = Tokenizer(models.BPE())
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    raw.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=2048,
        special_tokens=[START, END, PAD],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    raw.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=raw, eos_token=END, pad_token=PAD, chat_template=TEMPLATE
    )
