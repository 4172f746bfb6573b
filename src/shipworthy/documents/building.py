"""A document from its sources: its Markdown with its seal, its page, and what a page of print is set from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from shipworthy.documents import marking
from shipworthy.documents.blocks import Block, slug, with_blocks
from shipworthy.documents.flow import aside, html_of, reader
from shipworthy.documents.kinds.kind import values_of
from shipworthy.documents.rendering import escape_markdown, html_page, marked_page
from shipworthy.documents.seal import Seal, sealed
from shipworthy.documents.wording import count

if TYPE_CHECKING:
    from shipworthy.documents.kinds.kind import Kind
    from shipworthy.documents.own_template import OwnTemplate
    from shipworthy.documents.sources import Sources


@dataclass(frozen=True)
class Draft:
    """A document before people's blocks are put into it: `marked` is Markdown that carries its figures, `page` its own HTML."""

    kind: Kind
    sources: Sources
    time: str
    seal: Seal
    marked: str
    page: str = ""

    def text(self, blocks: Sequence[Block] = ()) -> str:
        """Markdown that carries its figures, with these blocks and places for more.

        Raises:
            InputError: with them it breaks a rule of its kind.
        """
        text = with_blocks(self.marked, blocks)
        if self.kind.prove:
            self.kind.prove(self.sources, text)
        return text

    def markdown(self, blocks: Sequence[Block] = ()) -> str:
        """The Markdown file."""
        return sealed(marking.as_markdown(self.text(blocks)), self.seal)

    def html(self, blocks: Sequence[Block] = ()) -> str:
        """The self-contained page."""
        return sealed(_with_asides(self.page, blocks) if self.page else self._flowing(blocks), self.seal)

    def pdf(self, blocks: Sequence[Block] = ()) -> bytes:
        """The pages of print.

        Raises:
            InputError: Typst is not installed, or cannot set the text.
        """
        from shipworthy.documents.pdf import pdf_of

        ids = [named[0] for named in self.seal.records.values()]
        return pdf_of(
            self.text(blocks),
            product=self.sources.product.product,
            title=self.kind.title,
            time=self.time,
            records=ids,
        )

    def _flowing(self, blocks: Sequence[Block]) -> str:
        values = {
            "title": self.kind.title,
            "product": self.sources.product.product,
            "date": day(self.time),
            "version": self.seal.version,
            "body": html_of(self.text(blocks)),
        }
        return html_page("page.html.j2", values, "")


def draft(
    kind: Kind,
    sources: Sources,
    *,
    version: str,
    product_hash: str,
    own: OwnTemplate | None = None,
) -> Draft:
    """The document of a kind, by its own template or by a team's.

    Raises:
        InputError: a record is missing, or the template names an unknown field.
    """
    view = kind.view(sources)
    values = values_of(view)
    named = {verb: sources.records[verb] for verb in kind.verbs if verb in sources.records}
    main = next(iter(named.values()), None)
    record_id = main.id if main else ""
    body = own.rendered(values, record_id) if own else marked_page(kind.template, values, record_id)
    records = {verb: (record.id, record.hash) for verb, record in named.items()}
    seal = Seal(kind.name, version, product_hash, records, template=own.hash if own else "")
    time = max((record.time for record in named.values()), default="")
    page = "" if own or not kind.page else html_page(kind.page, values, record_id)
    return Draft(kind, sources, time, seal, f"{body.rstrip()}\n\n{legend(body, sources.product.owner)}", page)


def legend(marked: str, owner: str | None) -> str:
    """The last lines of a document: how many of its statements are evidence, assumptions and open."""
    found = marking.count_of(marked)
    if not any(found.values()):
        return ""
    marks, amount = marking.MARKS, found["open"]
    whose = f", for {escape_markdown(owner)} to fill in" if owner else ""
    parts = [
        f"{marks['evidence']} evidence, in a record: {count(found['evidence'])}",
        f"{marks['assumption']} assumption, stated by a person: {count(found['assumption'])}",
        *([f"{marks['open']} open{whose}: {count(amount)}"] if amount else []),
    ]
    return f"---\n\n{'. '.join(parts)}.\n"


def day(time: str) -> str:
    """The day of a time as people write it: 22 November 2026."""
    if not time:
        return ""
    found = datetime.fromisoformat(time)
    return f"{found.day} {found:%B %Y}"


def _with_asides(page: str, blocks: Sequence[Block]) -> str:
    """A page of its own template with each block at the end of its section; the others at the end of all."""
    left = list(blocks)
    for block in blocks:
        end = _end_of(page, block.name)
        if end is not None:
            page = f"{page[:end]}{_aside(block)}{page[end:]}"
            left.remove(block)
    at = page.rfind("</main>")
    return f"{page[:at]}{''.join(map(_aside, left))}{page[at:]}"


def _aside(block: Block) -> str:
    return aside(block.name, reader().render(marking.cleaned(block.body)))


def _end_of(page: str, name: str) -> int | None:
    """Where the section with this heading ends in a page; None where the page has none."""
    for found in re.finditer(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL):
        if slug(re.sub(r"<[^>]*>|&\w+;", "", found[1])) == name:
            end = page.find("</section>", found.end())
            return end if end > 0 else None
    return None
