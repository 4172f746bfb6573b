"""Documents for a portfolio: names, addresses, rows and example texts become placeholders, the same ones each time.

What can be told from product.yaml by its key is replaced wherever it occurs. Free text may name people elsewhere, which
only a person can see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from shipworthy.documents.building import Draft, draft
from shipworthy.documents.rendering import escape_markdown
from shipworthy.documents.sources import Sources
from shipworthy.evidence.record import Record
from shipworthy.personal.contacts import emails

if TYPE_CHECKING:
    from shipworthy.documents.kinds.kind import Kind
    from shipworthy.evidence import Audit, CandidateFacts, Evaluation, Finding
    from shipworthy.spec.model import Product

PEOPLE = frozenset(("owner", "by", "contact", "kill_switch"))
ADDRESSES = frozenset(
    (
        "source",
        "table",
        "base_url",
        "prompt",
        "recorded",
        "answers",
        "people",
        "rubric",
        "guidelines",
        "alert",
    )
)
TEXTS = frozenset(("canary",))
"""The keys of product.yaml whose values are names of people, addresses of data and models, and texts to keep."""

WITHHELD = "«text withheld»"
LEAST_LENGTH = 3
_NO_SECRETS = frozenset(("stdout", "core"))
_QUOTED = re.compile(r"'[^'\n]{2,}'|“[^”\n]{2,}”")


@dataclass(frozen=True)
class Redacted(Record):
    """A record whose content was redacted, under the id and hash of the whole one."""

    whole: Record | None = None

    @property
    def hash(self) -> str:
        """The hash of the whole record."""
        return self.whole.hash if self.whole else super().hash

    @property
    def id(self) -> str:
        """The id of the whole record."""
        return self.whole.id if self.whole else super().id


def redacted_draft(kind: Kind, sources: Sources, **of: Any) -> Draft:
    """The document of a kind without what must not be shown; the other arguments are those of `draft`.

    Raises:
        InputError: as `draft` does.
    """
    made = draft(kind, redacted(sources), **of)
    names = placeholders(sources.product)
    seal = replace(made.seal, redacted=True)
    return replace(made, marked=without(made.marked, names), page=without(made.page, names), seal=seal)


def placeholders(product: Product) -> Mapping[str, str]:
    """What stands for each secret of product.yaml, by its text, the longest first."""
    found: dict[str, str] = {}
    numbers: dict[str, int] = {}
    for kind, text in _secrets(product.model_dump(mode="json")):
        if text not in found and len(text) >= LEAST_LENGTH and text not in _NO_SECRETS:
            numbers[kind] = numbers.get(kind, 0) + 1
            found[text] = f"«{kind} {numbers[kind]}»"
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _secrets(value: Any, kind: str = "") -> Iterator[tuple[str, str]]:
    """The secrets below a part of product.yaml with the kind of each; `kind` is that of the key it stands under."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _secrets(each, _kind(key) if not isinstance(each, Mapping) or key == "answers" else "")
    elif isinstance(value, list):
        for each in value:
            yield from _secrets(each, kind)
    elif isinstance(value, str):
        if kind and value.strip():
            yield kind, value.strip()
        yield from (("address", value[span.start : span.end]) for span in emails(value))


def _kind(key: str) -> str:
    if key in PEOPLE:
        return "name"
    return "address" if key in ADDRESSES else "text" if key in TEXTS else ""


def redacted(sources: Sources) -> Sources:
    """The sources of a document without what must not be shown."""
    names = placeholders(sources.product)
    records = {verb: _record(record, names) for verb, record in sources.records.items()}
    return Sources(_walked(sources.product, names), records)


def _record(record: Record, names: Mapping[str, str]) -> Redacted:
    values = {each.name: _walked(getattr(record, each.name), names) for each in fields(Record)}
    found = Redacted(**values, whole=record)
    evaluation = _evaluation(found.evaluation) if found.evaluation else None
    audit = _audit(found.audit) if found.audit else None
    inputs = replace(
        found.provenance,
        data=tuple(replace(each, source=f"«data: {each.role}»") for each in found.provenance.data),
    )
    return replace(found, evaluation=evaluation, audit=audit, provenance=inputs)


def _evaluation(found: Evaluation) -> Evaluation:
    return replace(found, candidates=tuple(map(_facts, found.candidates)))


def _facts(found: CandidateFacts) -> CandidateFacts:
    """A candidate whose failed answers are rows without a name and without their text."""
    ids = {each: f"«row {at}»" for at, each in enumerate(dict.fromkeys(one.id for one in found.failed), 1)}
    failed = tuple(replace(each, id=ids[each.id], why=_unquoted(each.why)) for each in found.failed)
    return replace(found, failed=failed)


def _audit(found: Audit) -> Audit:
    """An audit without the values of columns and the ids of rows."""
    columns = tuple(replace(each, values=(), least=None, greatest=None) for each in found.columns)
    return replace(found, columns=columns, findings=tuple(map(_finding, found.findings)))


def _finding(found: Finding) -> Finding:
    return replace(found, ids=(), what=_unquoted(found.what), next_step=_unquoted(found.next_step))


def _unquoted(text: str) -> str:
    return _QUOTED.sub(WITHHELD, text)


def _walked(value: Any, names: Mapping[str, str]) -> Any:
    """A value with its secrets replaced, of the same type."""
    if isinstance(value, str):
        return without(value, names)
    if isinstance(value, BaseModel):
        own = {name: _walked(getattr(value, name), names) for name in type(value).model_fields}
        return value.model_copy(update=own)
    if is_dataclass(value) and not isinstance(value, type):
        own = {each.name: _walked(getattr(value, each.name), names) for each in fields(value) if each.init}
        return replace(value, **own)
    if isinstance(value, Mapping):
        return {key: _walked(each, names) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_walked(each, names) for each in value)
    return value


def without(text: str, names: Mapping[str, str]) -> str:
    """A text with its secrets replaced, each as a word of its own, however Markdown or HTML writes it."""
    for secret, placeholder in names.items():
        for written in dict.fromkeys((secret, escape_markdown(secret), escape(secret))):
            if written in text:
                text = re.sub(rf"(?<!\w){re.escape(written)}(?!\w)", lambda _, to=placeholder: to, text)  # type: ignore[misc] # bound at once
    return text
