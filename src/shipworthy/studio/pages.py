"""Templates to pages: everything is escaped, and a page may load nothing but its own style and script."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup
from starlette.responses import HTMLResponse

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def page(template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A page from a template."""
    return HTMLResponse(_templates().get_template(template).render(**values), status, HEADERS)


def markdown_html(text: str) -> Markup:
    """Markdown as HTML, its headings one level down; HTML, pictures and links inside it stay text."""
    found = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])
    tokens = found.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1:]) + 1, 6)}"
    return Markup(found.renderer.render(tokens, found.options, {}))  # noqa: S704 - it escapes what it is given


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("shipworthy.studio"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
