"""Builds the unigram tokenizer; knows nothing about vectors.

The unigram trainer of ``tokenizers`` gives other pieces at every run, because it walks a randomly
seeded hash map. Here its part is done by two steps that always agree with themselves: byte-pair
merges propose pieces, and hard EM (Kudo 2018, with the best segmentation in place of all of them)
keeps the ones that are used and estimates their probabilities.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping

from tokenizers import Regex, Tokenizer
from tokenizers.models import BPE, Unigram
from tokenizers.normalizers import NFKC, Lowercase
from tokenizers.normalizers import Sequence as Normalizers
from tokenizers.pre_tokenizers import Metaspace, Split
from tokenizers.pre_tokenizers import Sequence as PreTokenizers
from tokenizers.trainers import BpeTrainer

UNKNOWN = "[UNK]"

# Scripts are cut apart so that "RNN은" holds the same "RNN" as English text; punctuation says
# nothing to a bag of tokens and is left out.
_WORDS = r"\p{Hangul}+|\p{Latin}+|\p{N}+|[\p{L}\p{S}]"
_PROPOSED_PER_KEPT = 2
_EM_ROUNDS = 3
_SCORE_DIGITS = 3
_UNUSED_COUNT = 0.5


def train_tokenizer(texts: Iterable[tuple[str, int]], size: int) -> Tokenizer:
    """Learn a unigram tokenizer (NFKC, lower case) from weighted texts.

    Args:
        texts: (text, how many times it counts).
        size: Most pieces the vocabulary may hold, the unknown piece included.

    Returns:
        A tokenizer whose piece 0 is the unknown one; the same for the same input.
    """
    words = _count_words(texts)
    proposer = _proposer(words, size * _PROPOSED_PER_KEPT)
    counts = _piece_counts(proposer, words)
    alphabet = {character for word in words for character in word}
    for _ in range(_EM_ROUNDS):
        counts = _piece_counts(_unigram(counts, alphabet), words)
    kept = dict(_most_used(counts, alphabet, size - 1))
    for _ in range(_EM_ROUNDS):
        kept = {piece: 0 for piece in kept} | _piece_counts(_unigram(kept, set()), words)
        kept.pop(UNKNOWN, None)
    return _unigram(kept, set())


def compact_json(tokenizer: Tokenizer) -> str:
    """The tokenizer as JSON without the white space that makes up half of the usual file."""
    return json.dumps(json.loads(tokenizer.to_str()), ensure_ascii=False, separators=(",", ":"))


def _dress(model: BPE | Unigram) -> Tokenizer:
    tokenizer = Tokenizer(model)
    tokenizer.normalizer = Normalizers([NFKC(), Lowercase()])
    words = Split(Regex(_WORDS), behavior="removed", invert=True)
    tokenizer.pre_tokenizer = PreTokenizers([words, Metaspace()])
    return tokenizer


def _count_words(texts: Iterable[tuple[str, int]]) -> dict[str, int]:
    cutter = _dress(Unigram())
    words: Counter[str] = Counter()
    for text, weight in texts:
        normal = cutter.normalizer.normalize_str(text)
        for word, _ in cutter.pre_tokenizer.pre_tokenize_str(normal):
            words[word] += weight
    return {word: words[word] for word in sorted(words)}


def _proposer(words: Mapping[str, int], size: int) -> Tokenizer:
    tokenizer = Tokenizer(BPE())
    trainer = BpeTrainer(vocab_size=size, min_frequency=2, show_progress=False)
    repeated = (word for word, count in words.items() for _ in range(count))
    tokenizer.train_from_iterator(repeated, trainer)
    return tokenizer


def _piece_counts(tokenizer: Tokenizer, words: Mapping[str, int]) -> dict[str, int]:
    # the words are already cut and normalised: only the model itself is asked
    counts: Counter[str] = Counter()
    for word, count in words.items():
        for token in tokenizer.model.tokenize(word):
            counts[token.value] += count
    return dict(counts)


def _unigram(counts: Mapping[str, int], alphabet: set[str]) -> Tokenizer:
    used = {piece: max(count, _UNUSED_COUNT) for piece, count in counts.items()}
    used = {character: _UNUSED_COUNT for character in alphabet} | used
    used.pop(UNKNOWN, None)
    total = sum(used.values())
    ranked = sorted(used.items(), key=lambda item: (-item[1], item[0]))
    scores = [(piece, round(math.log(count / total), _SCORE_DIGITS)) for piece, count in ranked]
    return _dress(Unigram([(UNKNOWN, 0.0), *scores], unk_id=0))


def _most_used(counts: Mapping[str, int], alphabet: set[str], size: int) -> list[tuple[str, int]]:
    """Every single character first (commonest first), then the pieces used most often."""
    used = {character: 0 for character in alphabet} | dict(counts)
    used.pop(UNKNOWN, None)
    ranked = sorted(used.items(), key=lambda item: (len(item[0]) > 1, -item[1], item[0]))
    return ranked[:size]
