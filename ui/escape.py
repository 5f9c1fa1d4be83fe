"""Text of notes, questions and models made safe for the page. Knows no answer, item or tutor.

Nothing that comes in here may reach the browser as HTML, and only `markdown` lets Markdown through;
Gradio's own sanitiser stays on behind it. That one drops scripts but keeps `<img>`, `<link>` and
`<style>`, with which a hostile note could call home.

Formulas are handed on between four private-use characters instead of dollar signs: Gradio looks for
its delimiters across whole blocks, so that "$5 … and $6" would swallow everything in between.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Mapping

_INLINE = ("\ue000", "\ue001")
_DISPLAY = ("\ue002", "\ue003")

MATH_DELIMITERS: list[dict[str, str | bool]] = [
    {"left": _DISPLAY[0], "right": _DISPLAY[1], "display": True},
    {"left": _INLINE[0], "right": _INLINE[1], "display": False},
]
"""For the `latex_delimiters` of every component that shows what this module made."""

_ENTITIES = {ord(char): f"&#{ord(char)};" for char in string.punctuation}
_PRIVATE = dict.fromkeys((0xE000, 0xE001, 0xE002, 0xE003, 0x00))

# Pandoc's rule for a single dollar: no space inside either end, no digit after the closing one.
_MATH = (
    r"\$\$(?P<display>(?:(?!\n[ \t]*\n|\$\$)[\s\S]){1,2000}?)\$\$"
    r"|(?<![\\$A-Za-z0-9])\$(?P<inline>(?=[^\s$])(?:\\\$|[^$\n]){0,399}?(?<=[^\s\\]))\$(?![\d$])"
    r"|\\\((?P<paren>[^\n]{1,400}?)\\\)"
    # \[1\] is how an answer writes digits in brackets that are not a marker
    r"|\\\[(?P<bracket>(?![\d\s,]+\\\])(?:(?!\n[ \t]*\n|\\\])[\s\S]){1,600}?)\\\]"
)
_FORMULA = re.compile(_MATH)
_MARKDOWN = re.compile(
    r"(?P<fence>^(?P<indent>[ \t]*)(?P<ticks>```+|~~~+)[^\n]*\n?(?P<block>[\s\S]*?)"
    r"(?:\n?^[ \t]*(?P=ticks)[ \t]*$|\Z))"
    r"|(?P<code>(?P<tick>`+)(?!`)(?P<span>(?:(?!\n[ \t]*\n)[\s\S]){1,1000}?)(?<!`)(?P=tick)(?!`))"
    rf"|{_MATH}"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|\[(?P<marker>\d{1,3})\]"
    r"|(?P<special>[<&\[\]])",
    re.MULTILINE,
)


def entities(text: str) -> str:
    """Every ASCII punctuation mark as a numeric entity: neither HTML nor Markdown is left."""
    return text.translate(_PRIVATE).translate(_ENTITIES)


def plain(text: str) -> str:
    """`text` exactly as it reads, formulas typeset, line breaks kept, on one line of HTML."""
    text = text.translate(_PRIVATE)
    parts: list[str] = []
    end = 0
    for match in _FORMULA.finditer(text):
        parts += [_lines(text[end : match.start()]), _formula(match)]
        end = match.end()
    parts.append(_lines(text[end:]))
    return "".join(parts)


def markdown(text: str, marker: Callable[[int], str]) -> str:
    """An answer's Markdown with everything but its Markdown made harmless.

    HTML, images, links and character references are shown as they are written; `marker` gives the
    HTML to put for `[n]`.
    """
    return _MARKDOWN.sub(lambda match: _token(match, marker), text.translate(_PRIVATE))


def formulas(text: str) -> list[tuple[int, int]]:
    """Where the formulas of `text` stand, delimiters included, in order."""
    return [match.span() for match in _FORMULA.finditer(text)]


def typeset(source: str) -> str:
    """One formula as `formulas` found it, ready for the page; plain text if it is none."""
    match = _FORMULA.fullmatch(source)
    return _formula(match) if match else entities(source)


def attributes(values: Mapping[str, str]) -> str:
    """` name="value"` for each, safe inside a tag."""
    return "".join(f' {name}="{entities(value)}"' for name, value in values.items())


def _token(match: re.Match[str], marker: Callable[[int], str]) -> str:
    if match["fence"] is not None:
        code = entities(match["block"]).replace("\n", "&#10;")
        return f"{match['indent']}<pre><code>{code}</code></pre>"
    if match["code"] is not None:
        return f"<code>{entities(match['span'].strip()).replace(chr(10), ' ')}</code>"
    if match["escaped"] is not None:
        return entities(match["escaped"])
    if match["marker"] is not None:
        return marker(int(match["marker"]))
    if match["special"] is not None:
        return entities(match["special"])
    return _formula(match)


def _formula(match: re.Match[str]) -> str:
    display = match["display"] or match["bracket"]
    left, right = _DISPLAY if display else _INLINE
    tex = display or match["inline"] or match["paren"]
    # a line break would end the HTML block or the paragraph around it; TeX reads it as a space
    return left + entities(" ".join(tex.split())) + right


def _lines(text: str) -> str:
    return entities(text).replace("\n", "<br>")
