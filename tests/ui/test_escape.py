from __future__ import annotations

import html
import re
import string
import time

import pytest

from ui.escape import entities, formulas, markdown, plain, typeset

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=http://x/y.png onerror=alert(1)>",
    "![x](http://x/y.png)",
    "[x](javascript:alert(1))",
    '<a href="http://x">y</a>',
    "`<img src=http://x>`",
    "```\n</code></pre><img src=http://x>\n```",
    "    ```\n<img src=http://x>",
    "<style>@import 'http://x'</style>",
    "[x]: http://x\n![x]",
    "$<img src=http://x>$",
    "$$</span><img src=http://x>$$",
    "&lt;img src=x&gt;",
    "<!-- x --><link rel=stylesheet href=http://x>",
    "\\<img src=x>",
    "[1]: <http://x>",
    "\x00<img src=x>",
    "\ue000<img src=x>\ue001",
]


def tags(text: str) -> set[str]:
    return set(re.findall(r"<\s*/?([A-Za-z!][\w-]*)", text))


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_brings_no_tag_and_no_markdown_of_its_own(text: str) -> None:
    rest = re.sub(r"&#\d+;|<br>", "", plain(text))
    assert not set(rest) & set(string.punctuation)


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_brings_no_tag_but_code_and_no_link_or_image(text: str) -> None:
    made = markdown(text, lambda n: f"({n})")
    assert tags(made) <= {"code", "pre"}
    assert "](" not in made
    assert "![" not in made


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_made_harmless_still_reads_the_same(text: str) -> None:
    shown = html.unescape(plain(text).replace("<br>", "\n"))
    assert re.sub("[\ue000-\ue003]", "", shown) == re.sub("[\x00\ue000-\ue003]", "", text).replace(
        "$$", ""
    ).replace("$", "")


def test_plain_keeps_line_breaks_and_punctuation() -> None:
    assert plain("a_b\n1. *c*") == "a&#95;b<br>1&#46; &#42;c&#42;"


def test_markdown_keeps_its_emphasis_and_lists() -> None:
    assert markdown("- **bold** text\n> quoted", str) == "- **bold** text\n> quoted"


def test_markers_are_replaced_only_outside_code_and_math() -> None:
    made = markdown("a [1] `[2]` $x[3]$ \\[4\\] [12]", lambda n: f"<{n}>")
    assert made == ("a <1> <code>&#91;2&#93;</code> \ue000x&#91;3&#93;\ue001 &#91;4&#93; <12>")


def test_code_keeps_its_lines() -> None:
    made = markdown("```python\nif a < b:\n\n    c()\n```\nafter", str)
    assert made == ("<pre><code>if a &#60; b&#58;&#10;&#10;    c&#40;&#41;</code></pre>\nafter")


def test_code_without_its_end_is_code_to_the_end() -> None:
    assert markdown("```\n<b>", str) == "<pre><code>&#60;b&#62;</code></pre>"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("시점은 $t$이다", ["$t$"]),
        ("$$\nx = 1\n$$", ["$$\nx = 1\n$$"]),
        ("costs $5 and $6", []),
        ("$5", []),
        ("a $ b $ c", []),
        ("US$3 to US$4", []),
        (r"\(x\) and \[ y^2 \]", [r"\(x\)", r"\[ y^2 \]"]),
        (r"see \[1\] and \[2, 3\]", []),
        ("$$a\n\nb$$", []),
        (r"$a\$b$", [r"$a\$b$"]),
        ("$x$ and $y$", ["$x$", "$y$"]),
    ],
)
def test_a_dollar_is_a_formula_only_where_it_is_meant_as_one(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in formulas(text)] == found


def test_a_formula_is_handed_on_between_characters_that_no_note_has() -> None:
    assert typeset("$a_1$") == "\ue000a&#95;1\ue001"
    assert typeset("$$\na\n<b\n$$") == "\ue002a &#60;b\ue003"
    assert typeset("no formula") == "no formula"


def test_a_note_cannot_forge_the_formula_characters() -> None:
    assert entities("\ue000x\ue001\x00") == "x"
    assert plain("\ue002\\href{http://x}{y}\ue003") == entities("\\href{http://x}{y}")


@pytest.mark.parametrize("unit", ["$", "`a", "\\[", "[", "```\n", "\\(", "$$a"])
def test_hostile_repetition_is_not_quadratic_without_bound(unit: str) -> None:
    started = time.process_time()
    markdown(unit * 10_000, str)
    plain(unit * 10_000)
    assert time.process_time() - started < 10
