"""Jinja at work: HTML that escapes everything it is given, and Markdown that does so too."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from shipworthy.documents import front_matter, marking
from shipworthy.documents.figure import Figure, Sentence
from shipworthy.documents.wording import SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.runtime import Context

    from shipworthy.documents.charts.drawing import Chart
    from shipworthy.documents.statement import Standing, Statement

_INLINE = re.compile(r"[\\`*\[\]|~]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_TIED = re.compile(r"(?<=[<>=\d]) (?=[$€£¥]?\d|%|ms\b|of \d)|(?<=\d of) (?=\d)")
_SPACES = re.compile(r"\s+")
_STARTS = re.compile(r"^(\d{0,9})(?=[.)](?:\s|$)|[-+](?:[-\s]|$)|[#>=])")


def html_page(template: str, values: Mapping[str, Any], record: str) -> str:
    """A page from a template; every figure names the record."""
    return _html().get_template(template).render(record_id=record, **values)


def markdown_page(template: str, values: Mapping[str, Any], record: str) -> str:
    """A Markdown text from a template."""
    return marking.as_markdown(marked_page(template, values, record))


def chart_html(chart: Chart) -> str:
    """A chart as HTML: its title, how to read it, and each picture with the same in words."""
    return _html().get_template("chart.html.j2").render(chart=chart)


def marked_page(template: str, values: Mapping[str, Any], record: str) -> str:
    """A Markdown text from a template that still carries its figures, charts and marks."""
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
    found.filters["sign"] = sign
    return found


@cache
def _markdown() -> Environment:
    found = Environment(
        loader=PackageLoader("shipworthy.documents"),
        autoescape=False,  # noqa: S701  # not HTML: `finalize` escapes what Markdown would read as markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=escaped_by_default,
    )
    found.filters.update(FILTERS)
    return found


def bound(words: Sentence, record: str) -> Markup:
    """A sentence as HTML, each figure an element that names its record and its place there."""
    return Markup("").join(
        element(part, record) if isinstance(part, Figure) else escape(part) for part in words
    )


def tied(text: str) -> str:
    """Text whose comparisons and units do not break over lines: `<= 1 %` stays together."""
    return _TIED.sub(SPACE, text)


def element(figure: Figure, record: str) -> Markup:
    """A figure as HTML that names its record, its place there and the way from there to here."""
    scale = figure.scale
    parts = [f'data-record="{escape(figure.record or record)}"', f'data-path="{escape(figure.path)}"']
    if scale.factor != 1:
        parts.append(f'data-factor="{scale.factor!r}"')
    if scale.offset:
        parts.append(f'data-offset="{scale.offset!r}"')
    if figure.decimals:
        parts.append(f'data-decimals="{figure.decimals}"')
    return Markup("<span class=n {}>{}</span>").format(Markup(" ".join(parts)), figure.text)  # noqa: S704  # parts are escaped


def escaped_by_default(value: Any) -> Any:
    """What a Markdown template shows of a value that no filter made Markdown: its text, without markup."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else escape_markdown(value)


@pass_context
def words(context: Context, said: Sentence) -> Markup:
    """A sentence inside Markdown; each figure carries its record and its place there."""
    return Markup(_carried(said, str(context["record_id"])))  # noqa: S704  # Markdown, escaped part by part


@pass_context
def statement(context: Context, said: Statement, title: str = "") -> Markup:
    """A statement inside Markdown, with the mark of what it rests on before it, and what it is about in bold."""
    about = f"**{escape_markdown(title)}**: " if title else ""
    told = _carried(said.words, str(context["record_id"]))
    return Markup(f"{marking.MARKS[said.standing]} {about}{told}")  # noqa: S704  # as above


def drawn(chart: Chart) -> Markup:
    """A chart inside Markdown."""
    return Markup(marking.drawn(chart))  # noqa: S704  # hexadecimal digits


def _carried(said: Sentence, record: str) -> str:
    """Parts are escaped one by one, so that what stands between a figure's signs is its text alone."""
    plain = "".join(part.text if isinstance(part, Figure) else part for part in said)
    if escape_markdown(plain) != _inline(plain).strip():  # a list or a heading would begin here
        return escape_markdown(plain)
    parts = [
        f"{marking.figure_start(part, record)}{_inline(part.text)}{marking.END}"
        if isinstance(part, Figure)
        else _inline(part)
        for part in said
    ]
    return "".join(parts).strip()


def _inline(text: str) -> str:
    return _INLINE.sub(_as_text, _SPACES.sub(" ", marking.cleaned(text)))


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it is: on one line, without markup, safe inside a table's cell."""
    line = _INLINE.sub(_as_text, " ".join(marking.cleaned(text).split()))
    return _STARTS.sub(r"\1\\", line)


def _as_text(match: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(match[0], f"\\{match[0]}")


def code(text: str) -> Markup:
    """Text as a Markdown code span that fits a table's cell."""
    line = " ".join(marking.cleaned(text).split()).replace("|", "\\|")
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return Markup(f"{fence}{pad}{line}{pad}{fence}")  # noqa: S704  # Markdown, not HTML


def mark(standing: Standing) -> Markup:
    """The mark of what a line rests on, inside Markdown."""
    return Markup(marking.MARKS[standing])  # noqa: S704  # one sign


def sign(standing: Standing) -> Markup:
    """The mark of what a line rests on, as HTML."""
    return Markup('<span class="mark" role="img" aria-label="{}">{}</span>').format(
        standing, marking.SIGNS[standing]
    )


def yaml(value: Any) -> Markup:
    """A value as YAML, for what stands before a Markdown text."""
    return Markup(marking.cleaned(front_matter.yaml(value)))  # noqa: S704  # texts are quoted as JSON quotes them


FILTERS = {"words": words, "statement": statement, "mark": mark, "drawn": drawn, "code": code, "yaml": yaml}
"""What a Markdown template may do with a value."""
