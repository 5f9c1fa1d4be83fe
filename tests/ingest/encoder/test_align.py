"""The term table learned from a few translations of our own."""

import gzip
import json

import pytest

from ingest.encoder import align
from ingest.encoder.align import learn

NOUNS = {
    "cat": "고양이", "river": "강물", "bread": "김밥", "window": "창문", "lantern": "등불",
    "lunchbox": "도시락", "teacher": "선생", "garden": "정원",
}  # fmt: skip
VERBS = {"washes": "씻는다", "paints": "칠한다", "carries": "나른다"}


def closed(noun):
    return (ord(noun[-1]) - ord("가")) % 28 > 0


def subject(noun):
    return "이" if closed(noun) else "가"


def object_(noun):
    return "을" if closed(noun) else "를"


@pytest.fixture(scope="module")
def pairs():
    names = list(NOUNS.items())
    return [
        (f"The {a} {verb} the {b}.", f"{ko_a}{subject(ko_a)} {ko_b}{object_(ko_b)} {ko_verb}.")
        for at, (a, ko_a) in enumerate(names)
        for b, ko_b in names[at + 1 :]
        for verb, ko_verb in VERBS.items()
    ]


def test_words_that_stand_in_for_each_other_are_found(pairs):
    found = {(korean, english): score for korean, english, score in learn(pairs)}
    for english, korean in NOUNS.items():
        term = max((s, e) for (k, e), s in found.items() if k == korean)[1]
        assert english.startswith(term)


def test_the_same_pairs_give_the_same_table(pairs):
    assert learn(pairs) == learn(pairs)


def test_rare_words_are_left_out(pairs):
    terms = {term for row in learn([*pairs, ("zebra", "얼룩말")]) for term in row[:2]}
    assert "zebra" not in terms


def test_no_word_is_kept_without_a_counterpart(pairs):
    assert all(korean and english for korean, english, _ in learn(pairs))


def test_the_command_writes_the_table(pairs, tmp_path):
    rows = [{"en": en, "ko": ko, "source": "ours", "licence": "Apache-2.0"} for en, ko in pairs]
    shared = {"en": "A dog barks.", "ko": "개가 짖는다.", "source": "x", "licence": "CC-BY-SA-4.0"}
    for name, lines in (
        ("parallel_ko_en", [*rows, *[shared] * 5]),
        ("heading_body", []),
        ("ko_sts_nli", []),
    ):
        with gzip.open(tmp_path / f"{name}.train.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    out = tmp_path / "terms.tsv"
    align.main(["--data", str(tmp_path), "--out", str(out), "--no-share-alike"])
    lines = [line.split("\t") for line in out.read_text(encoding="utf-8").splitlines()]
    assert ["고양이", "cat"] in [line[:2] for line in lines]
    assert all(5 <= int(line[2]) <= 100 for line in lines)
    assert "dog" not in {line[1] for line in lines}


def test_a_missing_file_is_named(tmp_path, capsys):
    with pytest.raises(SystemExit):
        align.main(["--data", str(tmp_path), "--out", str(tmp_path / "terms.tsv")])
    assert "does not exist" in capsys.readouterr().err
