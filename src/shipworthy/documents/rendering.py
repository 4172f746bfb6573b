"""Jinja at work: HTML that escapes everything it is given, and Markdown that does so too."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from shipworthy.documents.figure import Figure, Sentence, plain_text
from shipworthy.documents.wording import SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

_INLINE = re.compile(r"[\\`*\[\]|~]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_TIED = re.compile(r"(?<=[<>=\d]) (?=[$€£¥]?\d|%|ms\b|of \d)|(?<=\d of) (?=\d)")
_STARTS = re.compile(r"^(\d{0,9})(?=[.)](?:\s|$)|[-+](?:[-\s]|$)|[#>=])")


def html_page(template: str, values: Mapping[str, Any], record: str) -> str:
    """A page from a template; every figure names the record."""
    return _html().get_template(template).render(record_id=record, **values)


def markdown_page(template: str, values: Mapping[str, Any], record: str) -> str:
    """A Markdown text from a template."""
    return _markdown().get_template(template).render(record_id=record, **values)


@cache
def _html() -> Environment:
    found = Environment(
        loader=PackageLoader("shipworthy.documents"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["bound"] = bound
    found.filters["tied"] = tied
    return found


@cache
def _markdown() -> Environment:
    found = Environment(
        loader=PackageLoader("shipworthy.documents"),
        autoescape=False,  # noqa: S701  # not HTML: `finalize` escapes what Markdown would read as markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    found.filters["words"] = plain_text
    found.filters["code"] = code
    return found


def bound(words: Sentence, record: str) -> Markup:
    """A sentence as HTML, each figure an element that names its record and its place there."""
    return Markup("").join(
        _element(part, record) if isinstance(part, Figure) else escape(part) for part in words
    )


def tied(text: str) -> str:
    """Text whose comparisons and units do not break over lines: `<= 1 %` stays together."""
    return _TIED.sub(SPACE, text)


def _element(figure: Figure, record: str) -> Markup:
    scale = figure.scale
    parts = [f'data-record="{escape(record)}"', f'data-path="{escape(figure.path)}"']
    if scale.factor != 1:
        parts.append(f'data-factor="{scale.factor!r}"')
    if scale.offset:
        parts.append(f'data-offset="{scale.offset!r}"')
    if figure.decimals:
        parts.append(f'data-decimals="{figure.decimals}"')
    return Markup("<span class=n {}>{}</span>").format(Markup(" ".join(parts)), figure.text)  # noqa: S704  # parts are escaped


def _finalized(value: Any) -> Any:
    return value if isinstance(value, Markup) or not isinstance(value, str) else escape_markdown(value)


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is: on one line, without markup, safe inside a table's cell."""
    line = _INLINE.sub(_as_text, " ".join(text.split()))
    return _STARTS.sub(r"\1\\", line)


def _as_text(match: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(match[0], f"\\{match[0]}")


def code(text: str) -> Markup:
    """Text as a Markdown code span that fits a table's cell."""
    line = " ".join(text.split()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return Markup(f"{fence}{pad}{line}{pad}{fence}")  # noqa: S704  # Markdown, not HTML
