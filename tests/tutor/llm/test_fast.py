"""What makes a model faster on a processor, held to the plain path it replaces."""

from __future__ import annotations

import threading
import time

import pytest
from langchain_core.messages import HumanMessage

from tests.tiny_model import make_tiny_model
from tutor.llm import attention, machine, quantise
from tutor.llm.local import PIECE, load
from tutor.llm.prefix import SLOTS, Prefixes


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_tiny_model(tmp_path_factory.mktemp("fast") / "tiny", context=2048)


@pytest.fixture
def llm(folder):
    return load(folder).model_copy(update={"threads": 1, "max_new_tokens": 8})


def cached(answer):
    return answer.usage_metadata["input_token_details"]["cache_read"]


def test_a_prompt_that_begins_alike_is_read_once(llm):
    rules = "The reset gate drops the past. " * 30
    first = llm.invoke(rules + "one?")
    second = llm.invoke(rules + "two?")
    again = llm.invoke(rules + "two?")

    assert cached(first) == 0
    assert cached(second) > first.usage_metadata["input_tokens"] - 20
    assert cached(again) == again.usage_metadata["input_tokens"] - 1
    assert again.text == second.text


def test_what_was_kept_gives_the_same_answer_as_reading_it_all(llm, folder):
    rules = "The reset gate drops the past. " * 30
    llm.invoke(rules + "one?")
    kept = llm.invoke(rules + "what is a gate?")
    fresh = load(folder).model_copy(update={"threads": 1, "max_new_tokens": 8})

    assert kept.text == fresh.invoke(rules + "what is a gate?").text


def test_two_conversations_are_kept_and_a_third_takes_the_older_place(llm):
    prompts = [f"{n} gates. " * 40 for n in ("one", "two", "three")]
    for prompt in (prompts[0], prompts[1], prompts[0], prompts[1]):
        last = llm.invoke(prompt)
    assert cached(last) == last.usage_metadata["input_tokens"] - 1
    llm.invoke(prompts[2])
    assert cached(llm.invoke(prompts[0])) < 20
    assert len(llm._prefixes._slots) == SLOTS


def test_a_long_prompt_can_be_cancelled_while_it_is_read(llm):
    reads = []
    real = llm.model.forward

    def slow(*args, **kwargs):
        reads.append(time.monotonic())
        time.sleep(0.1)
        return real(*args, **kwargs)

    llm.model.forward = slow
    cancel = threading.Event()
    threading.Timer(0.25, cancel.set).start()
    answer = llm.invoke("a gate " * 500, cancel=cancel)

    assert answer.usage_metadata["output_tokens"] == 0
    assert len(reads) < answer.usage_metadata["input_tokens"] / PIECE
    llm.model.forward = real
    assert cached(llm.invoke("a gate " * 500)) >= PIECE  # what was read is not read again


def test_a_model_with_other_layers_reads_every_prompt_from_its_start(llm):
    from transformers.cache_utils import DynamicSlidingWindowLayer

    llm.model.config.layer_types = ["sliding_attention"] * 2
    llm.model.config.sliding_window = 64
    try:
        cache, known = Prefixes(llm.model).take([1, 2, 3])
    finally:
        del llm.model.config.layer_types, llm.model.config.sliding_window
    assert DynamicSlidingWindowLayer is not None
    assert (cache, known) == (None, 0)


def test_attention_for_one_query_is_attention():
    import torch
    from transformers.integrations.sdpa_attention import sdpa_attention_forward

    torch.manual_seed(3)
    shapes = ((8, 1), (2, 37), (2, 37))
    query, key, value = (torch.randn(1, h, n, 16, dtype=torch.float32) for h, n in shapes)
    module = torch.nn.Module()
    module.num_key_value_groups = 4
    module.is_causal = True
    plain, _ = sdpa_attention_forward(module, query, key, value, None, scaling=0.3)
    ours, _ = attention.attend(module, query, key, value, None, scaling=0.3)

    assert torch.allclose(plain, ours, atol=1e-5)


@pytest.mark.skipif(not quantise.able(), reason="this processor has no 8-bit instructions (VNNI)")
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("rows", [1, 5, 130])
def test_eight_bits_are_close_to_the_weights(bias, rows):
    import torch

    torch.manual_seed(1)
    plain = torch.nn.Sequential(torch.nn.Linear(512, 384, bias=bias, dtype=torch.float32))
    x = torch.randn(rows, 512, dtype=torch.float32)
    with torch.no_grad():
        wanted = plain(x)
        quantise.quantise_layers(plain)
        got = plain(x)

    error = (got - wanted).norm() / wanted.norm()
    assert type(plain[0]).__name__ == "Int8Linear"
    assert 0 < error < 0.02


@pytest.mark.skipif(not quantise.able(), reason="this processor has no 8-bit instructions (VNNI)")
def test_there_is_no_second_copy_of_the_weights(folder):
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=4096,
        hidden_size=256,
        intermediate_size=512,
        num_hidden_layers=2,
        num_attention_heads=4,
        tie_word_embeddings=True,
    )
    model = LlamaForCausalLM(config).to(torch.bfloat16).eval()
    before = sum(p.numel() * p.element_size() for p in model.parameters())
    ids = torch.arange(20)[None]
    with torch.no_grad():
        wanted = model(ids).logits
        quantise.quantise(model)
        got = model(ids).logits

    assert torch.nn.functional.cosine_similarity(wanted.float(), got.float(), dim=-1).min() > 0.99
    assert sum(p.numel() * p.element_size() for p in model.parameters()) < before / 50
    assert model.device.type == "cpu"


def test_idle_cores_are_counted():
    assert 1 <= machine.idle_cores() <= machine.cores()
    assert machine.memory_gb() > 0.5


def test_busy_cores_are_left_to_others(monkeypatch):
    seconds = iter([100.0, 100.0 + 0.05 * 30])
    monkeypatch.setattr(machine, "_busy", lambda: next(seconds))
    monkeypatch.setattr(machine, "cores", lambda: 4)
    assert machine.idle_cores(0.05) == 1
    monkeypatch.setattr(machine, "_busy", lambda: None)
    assert machine.idle_cores() == 4


def test_a_template_without_a_system_turn_gets_the_rules_with_the_question(llm, folder):
    from langchain_core.messages import SystemMessage

    template = llm.tokenizer.chat_template
    llm.tokenizer.chat_template = (
        "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}"
        + template
    )
    try:
        ids = llm._prompt([SystemMessage("Be brief."), HumanMessage("Why?")])[0]
    finally:
        llm.tokenizer.chat_template = template
    assert "user\nBe brief.\n\nWhy?" in llm.tokenizer.decode(ids)
