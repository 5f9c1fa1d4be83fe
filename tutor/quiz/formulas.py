"""Formulas inside a sentence, written with plain signs. Knows a little LaTeX and nothing else.

Quiz options are shown in radio buttons, in Anki and on paper, where LaTeX is not typeset.
"""

from __future__ import annotations

import re

_INLINE = re.compile(r"\$([^$\n]{1,120})\$")
_COMMANDS = {
    r"\times": "×", r"\cdot": "·", r"\approx": "≈", r"\le": "≤", r"\leq": "≤", r"\ge": "≥",
    r"\geq": "≥", r"\neq": "≠", r"\odot": "⊙", r"\infty": "∞", r"\to": "→", r"\pm": "±",
    r"\alpha": "α", r"\beta": "β", r"\gamma": "γ", r"\delta": "δ", r"\epsilon": "ε", r"\eta": "η",
    r"\theta": "θ", r"\lambda": "λ", r"\mu": "μ", r"\sigma": "σ", r"\phi": "φ", r"\tau": "τ",
    r"\max": "max", r"\min": "min", r"\log": "log", r"\ln": "ln", r"\exp": "exp", r"\tanh": "tanh",
    r"\top": "T", r"\sum": "Σ", r"\in": "∈", r"\dots": "…", r"\ldots": "…", r"\mid": "|",
    r"\left": "", r"\right": "", r"\,": " ", r"\;": " ", r"\!": "", r"\ ": " ", r"\quad": " ",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[,;! ])")
_WRAPPED = re.compile(r"\\(?:mathrm|text|mathbf|operatorname|mathit)\{([^{}]*)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*)\}")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_ACCENT = re.compile(r"\\(?:tilde|hat|bar)\{([^{}]*)\}")
_POWERS = str.maketrans("0123456789n-+", "⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ⁻⁺")
_INDEX_SIGNS = "0123456789aehijklmnoprstuvx-+"
_INDICES = str.maketrans(_INDEX_SIGNS, "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ₋₊")
_UNREADABLE = re.compile(r"_[^A-Za-z]|_\w*_")
"""An index that is more than a few letters."""


def plain_math(text: str) -> str:
    """`text` with its inline formulas in plain signs; one that is too involved stays as LaTeX."""
    return _INLINE.sub(lambda match: _plain(match[1]) or match[0], text)


def has_latex(text: str) -> bool:
    """Whether a formula is left that only a typesetter can show."""
    return "$" in text or "\\" in text


def _plain(formula: str) -> str | None:
    formula = _WRAPPED.sub(r"\1", formula.replace("{,}", ","))
    formula = _ROOT.sub(r"√\1", formula)
    formula = _FRACTION.sub(r"\1/\2", formula)
    if _ACCENT.search(formula):
        return None
    formula = _COMMAND.sub(lambda match: _COMMANDS.get(match[0], match[0]), formula)
    formula = re.sub(r"\^\{?([-0-9n]+)\}?", lambda m: m[1].translate(_POWERS), formula)
    formula = re.sub(r"_(?:\{([^{}]+)\}|(\w))", _index, formula)
    if any(sign in formula for sign in "\\{}^") or _UNREADABLE.search(formula):
        return None
    return " ".join(formula.split()).replace("| ", "|")


def _index(match: re.Match[str]) -> str:
    inside: str = match[1] or match[2]
    if all(sign in _INDEX_SIGNS for sign in inside):
        return inside.translate(_INDICES)
    return f"_{inside}" if inside.isalpha() else match[0]
