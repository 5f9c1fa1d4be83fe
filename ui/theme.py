"""How the page looks: colours, type and the files in `static/`. Fonts are the system's own."""

from __future__ import annotations

from importlib.resources import files

import gradio as gr
from gradio.themes.utils import colors

FONTS = (
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "system-ui",
    "sans-serif",
)
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "D2Coding", "monospace")

_TEAL = colors.Color(
    name="teal-ink",
    c50="#eef6f5",
    c100="#d6eae8",
    c200="#aed5d1",
    c300="#7dbab4",
    c400="#4c9b94",
    c500="#2c7f78",
    c600="#1f6862",
    c700="#1b544f",
    c800="#184340",
    c900="#153735",
    c950="#0a1f1e",
)
_PAPER = colors.Color(
    name="paper",
    c50="#faf9f6",
    c100="#f3f1ec",
    c200="#e6e3db",
    c300="#d2cec3",
    c400="#a39e92",
    c500="#6f6b62",
    c600="#56534c",
    c700="#403e39",
    c800="#2a2926",
    c900="#1d1c1a",
    c950="#141312",
)


def theme() -> gr.themes.Base:
    """Ink on paper, one accent; nothing is fetched for it."""
    base = gr.themes.Base(
        primary_hue=_TEAL,
        secondary_hue=_TEAL,
        neutral_hue=_PAPER,
        font=list(FONTS),
        font_mono=list(MONO),
        radius_size=gr.themes.sizes.radius_md,
    )
    return base.set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900",
        body_text_color_dark="#e9e6df",
        body_text_color_subdued="*neutral_500",
        body_text_color_subdued_dark="#a9a498",
        background_fill_primary="white",
        background_fill_primary_dark="*neutral_900",
        block_background_fill="white",
        block_background_fill_dark="*neutral_900",
        block_border_color="*neutral_200",
        block_border_color_dark="*neutral_800",
        button_border_width="1px",
        block_shadow="none",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        block_title_text_weight="600",
        input_background_fill="white",
        input_background_fill_dark="*neutral_900",
        input_border_color="*neutral_300",
        input_border_color_dark="*neutral_700",
        input_border_color_focus="*primary_500",
        input_border_color_focus_dark="*primary_400",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_dark="*primary_400",
        button_primary_background_fill_hover_dark="*primary_300",
        button_primary_text_color="white",
        button_primary_text_color_dark="*neutral_950",
        button_secondary_background_fill="white",
        button_secondary_background_fill_dark="*neutral_800",
        button_secondary_border_color="*neutral_300",
        button_secondary_border_color_dark="*neutral_700",
        color_accent_soft="*primary_50",
        color_accent_soft_dark="*primary_950",
        link_text_color="*primary_600",
        link_text_color_dark="*primary_300",
    )


def css() -> str:
    """The page's style sheet."""
    return _static("page.css")


def bridge_js() -> str:
    """What the browser does by itself: see the heads of the scripts in `static/`."""
    return "".join(map(_static, ("page.js", "focus.js", "away.js", "toast.js")))


def icon() -> str:
    """The page's icon, as SVG."""
    return _static("icon.svg")


def _static(name: str) -> str:
    return (files("ui") / "static" / name).read_text(encoding="utf-8")
