"""How the page looks: Gradio's theme from system fonts, and our style sheet."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent

FONTS = (
    "-apple-system", "BlinkMacSystemFont", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC",
    "Source Han Sans SC", "WenQuanYi Micro Hei", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif",
)  # fmt: skip


def theme() -> gr.themes.Base:
    """Plain surfaces and one blue. Fonts are given as names, not as gr.themes.Font, so that nothing is fetched."""
    look = gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=list(FONTS),
        font_mono=["ui-monospace", "Menlo", "Consolas", "monospace"],
        text_size=gr.themes.sizes.text_lg,
        radius_size=gr.themes.sizes.radius_md,
    )
    return look.set(
        body_background_fill="#f6f7f9",
        body_background_fill_dark="#14181f",
        body_text_color="#1c2430",
        body_text_color_dark="#e6eaf0",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1d232d",
        block_label_text_color="#465264",
        block_label_text_color_dark="#b4bfce",
        input_placeholder_color="#5f6b7c",
        input_placeholder_color_dark="#9aa6b8",
        button_primary_background_fill="#1d4f91",
        button_primary_background_fill_hover="#163f75",
        button_primary_background_fill_dark="#2f6db8",
        button_primary_background_fill_hover_dark="#265c9e",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
        button_secondary_background_fill="#ffffff",
        button_secondary_background_fill_dark="#1d232d",
        button_secondary_border_color="#aab4c2",
        button_secondary_border_color_dark="#4a5668",
        button_secondary_text_color="#1c2430",
        button_secondary_text_color_dark="#e6eaf0",
    )


def style_sheet() -> str:
    """Our own CSS: what all pages share and the chat, then the pages with a form."""
    return "".join((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "desk.css"))


def icon() -> str:
    """A sheet with a marked line, as SVG."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        '<rect width="32" height="32" rx="6" fill="#1d4f91"/><path d="M9 9h14M9 23h9" stroke="#fff" stroke-width="3"/>'
        '<path d="M9 16h14" stroke="#fff1b8" stroke-width="5"/></svg>'
    )


def receipt_style() -> str:
    """The CSS of a receipt's page, which has nothing of Gradio's."""
    return (HERE / "receipt.css").read_text(encoding="utf-8")


def receipt_script() -> str:
    """The JavaScript of a receipt's page."""
    return (HERE / "receipt.js").read_text(encoding="utf-8")


def script() -> str:
    """Our own JavaScript: what all pages share and the chat, then the pages with a form."""
    return "".join((HERE / name).read_text(encoding="utf-8") for name in ("page.js", "desk.js"))
