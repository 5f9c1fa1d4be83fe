"""A reader of the LaTeX that KaTeX sets, as far as a lecture may use it: `read(formula)` or `Bad`.

Knows commands with their arguments, scripts, delimiters and environments; draws nothing. Stricter
than KaTeX where a reader gains: a script needs a base, and only \\text holds more than ASCII.
"""

import re

_TOKEN = re.compile(
    r"\\text\{[^{}$]*\}|\\(?:begin|end)\{[a-z]+\}|\\[A-Za-z]+|\\.|[^\s]",
)
_SPACES = frozenset((r"\,", r"\!", r"\;", r"\:", "\\ ", r"\quad", r"\qquad"))
_SIGNS = frozenset((r"\%", r"\&", r"\#", r"\_"))
_DELIMITERS = frozenset("( ) [ ] | . /".split()) | frozenset(
    r"\{ \} \| \lfloor \rfloor \lceil \rceil \langle \rangle \lvert \rvert \lVert \rVert".split()
)
_SYMBOLS = frozenset(
    "\\" + name
    for name in (
        "alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho "
        "sigma tau phi varphi chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega ell "
        "infty partial nabla hbar forall exists emptyset "
        "times cdot odot oplus otimes div pm mp circ star ast bullet cup cap neg "
        "le leq ge geq ne neq approx equiv sim simeq propto ll gg in notin subset mid parallel "
        "to leftarrow rightarrow Rightarrow leftrightarrow mapsto "
        "sum prod int max min sup inf lim arg exp ln log sin cos tan tanh det dim Pr "
        "dots ldots cdots vdots ddots top bot prime colon"
    ).split()
)
_ARGUMENTS = {
    "\\" + name: count
    for count, names in {
        1: "sqrt mathrm mathbf mathbb mathcal mathit boldsymbol operatorname hat widehat tilde "
        "widetilde bar overline underline vec dot overrightarrow overleftarrow xrightarrow "
        "xleftarrow",
        2: "frac tfrac dfrac binom underset overset",
    }.items()
    for name in names.split()
}
_SIZES = frozenset((r"\big", r"\Big", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr"))
_TABLES = frozenset(("aligned", "array", "bmatrix", "cases", "matrix", "pmatrix", "vmatrix"))
_OPEN = re.compile(r"\\begin\{([a-z]+)\}")


class Bad(ValueError):
    """A formula that would not be set; says what is wrong where."""


def read(formula: str) -> None:
    """Go through a formula without its dollar signs.

    Raises:
        Bad: it is empty, a command is unknown, or something is missing, left over or repeated.
    """
    tokens = _TOKEN.findall(formula)
    if not tokens:
        raise Bad("an empty formula")
    _row(tokens, 0, "")


def _peek(tokens: list[str], at: int) -> str:
    return tokens[at] if at < len(tokens) else ""


def _row(tokens: list[str], at: int, stop: str, *, cells: bool = False) -> int:
    """Atoms with their scripts up to `stop` (""; the end); returns the place after it."""
    while (token := _peek(tokens, at)) != stop:
        if cells and token in ("&", r"\\"):
            at += 1
        else:
            at = _scripts(tokens, _atom(tokens, at))
    return at + 1


def _scripts(tokens: list[str], at: int) -> int:
    """At most one subscript and one superscript, in either order; primes are a superscript."""
    seen: set[str] = set()
    while (token := _peek(tokens, at)) in ("^", "_", "'"):
        kind = "_" if token == "_" else "^"
        if kind in seen:
            raise Bad(f"a second {kind} at token {at}")
        seen.add(kind)
        at += 1
        if token == "'":
            while _peek(tokens, at) == "'":
                at += 1
        else:
            at = _argument(tokens, at)
    return at


def _argument(tokens: list[str], at: int) -> int:
    """A group in braces or a single atom."""
    if _peek(tokens, at) in ("^", "_", "'"):
        raise Bad(f"an argument is missing at token {at}")
    return _atom(tokens, at)


def _atom(tokens: list[str], at: int) -> int:
    """One thing a script can hang on, with all its arguments; returns the place after it."""
    token = _peek(tokens, at)
    if token == "{":
        return _row(tokens, at + 1, "}")
    if token.startswith("\\"):
        return _command(tokens, at)
    if not token or token in "}^_&'#%~" or not token.isascii():
        raise Bad(f"{token or 'the end'!r} at token {at}")
    return at + 1


def _command(tokens: list[str], at: int) -> int:
    token = tokens[at]
    if opened := _OPEN.fullmatch(token):
        if opened[1] not in _TABLES:
            raise Bad(f"unknown environment {opened[1]}")
        return _row(tokens, at + 1, rf"\end{{{opened[1]}}}", cells=True)
    if token == r"\left":
        return _delimiter(tokens, _row(tokens, _delimiter(tokens, at + 1), r"\right"))
    if token in _SIZES:
        return _delimiter(tokens, at + 1)
    if token not in _ARGUMENTS and not _stands_alone(token):
        raise Bad(f"unknown or misplaced command {token}")
    at += 1
    for _ in range(_ARGUMENTS.get(token, 0)):
        at = _argument(tokens, at)
    return at


def _stands_alone(token: str) -> bool:
    return token in _SYMBOLS | _SIGNS | _SPACES | _DELIMITERS or token.startswith(r"\text{")


def _delimiter(tokens: list[str], at: int) -> int:
    if _peek(tokens, at) not in _DELIMITERS:
        raise Bad(f"no delimiter at token {at}")
    return at + 1
