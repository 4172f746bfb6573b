"""All that decides what a chat candidate answers: its prompt, its parameters, and how its replies are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError
from shipworthy.evidence.record import content_hash
from shipworthy.models.chat.prompt import Prompt, prove_columns, read_prompt
from shipworthy.models.chat.reading import Reader
from shipworthy.models.chat.request import Request, options_of
from shipworthy.spec.task import class_text
from shipworthy.workbench.chatting.files import load_own, load_schema
from shipworthy.workbench.chatting.pricing import token_price
from shipworthy.workbench.secret import secret_columns

if TYPE_CHECKING:
    from shipworthy.models.chat.spending import TokenPrice
    from shipworthy.spec.chat import Chat
    from shipworthy.workbench.session import Session

KINDS = ("binary", "multiclass", "regression", "text")
"""The kinds of answers that a chat model can give."""


@dataclass(frozen=True)
class Setting:
    """One chat candidate, ready to ask. Replies are read by `reader`; where there is none the reply is the answer."""

    name: str
    chat: Chat
    prompt: Prompt
    reader: Reader | None
    schema: Mapping[str, Any] | None = field(default=None)
    price: TokenPrice | None = None

    @cached_property
    def version(self) -> str:
        """A hash of all that decides the answers: not of prices, pace or attempts."""
        return content_hash({**self._asked, "reading": self._reading})[:16]

    @cached_property
    def family(self) -> str:
        """What tells the questions from those of other models and prompts: they are kept together."""
        basis = [self.chat.base_url, self.chat.model, self.prompt.version]
        return content_hash(basis)[:16]

    @property
    def scores(self) -> bool:
        """Whether a yes/no answer comes as a score."""
        return self.chat.logprobs or (self.reader is not None and self.reader.numeric)

    def request(self, row: Mapping[str, Any], sample: int = 0) -> Request:
        """The question about a row."""
        options = options_of(self.chat, self.schema, sample)
        return Request(self.chat.base_url, self.chat.model, self.prompt.messages(row), options, sample)

    @property
    def empty_request(self) -> Request:
        """The question about a row in which nothing stands."""
        return self.request(dict.fromkeys(self.prompt.columns, ""))

    @property
    def _asked(self) -> dict[str, Any]:
        options = options_of(self.chat, self.schema)
        return {
            "base_url": self.chat.base_url,
            "model": self.chat.model,
            "prompt": self.prompt.version,
            "options": options,
            "samples": self.chat.samples,
        }

    @property
    def _reading(self) -> Any:
        if self.reader is None:
            return "text"
        labels = {label: list(words) for label, words in self.reader.labels.items()}
        return [labels, self.reader.field, self.chat.calibrate]


def setting_of(session: Session, name: str, chat: Chat) -> Setting:
    """The setting of a chat candidate, its files read and its prompt held against the examples.

    Raises:
        InputError: a file, the prompt or the reading of replies is wrong, with the place in product.yaml or in the file.
    """
    places, folder = session.opened.places, session.opened.folder
    where = places.of("candidates", name, "chat", "prompt")
    prompt = read_prompt(load_own(folder, chat.prompt, "the prompt", where), _shown(session, chat.prompt))
    prove_columns(prompt, session.examples.columns, secret_columns(session))
    schema = None
    if chat.answer.json_schema is not None:
        there = places.of("candidates", name, "chat", "answer", "json_schema")
        schema = load_schema(folder, chat.answer.json_schema, there)
        _prove_field(
            chat.answer.field or "", schema, places.of("candidates", name, "chat", "answer", "field")
        )
    price = token_price(chat, places.of("candidates", name, "chat", "price"))
    return Setting(name, chat, prompt, _reader(session, name, chat, schema), schema, price)


def _shown(session: Session, name: str) -> str:
    """A file of the product as messages name it: beside product.yaml as the user named that."""
    head, slash, _ = session.opened.shown.rpartition("/")
    return f"{head}{slash}{name}"


def _prove_field(field: str, schema: Mapping[str, Any], where: Any) -> None:
    if field not in schema["properties"]:
        known = ", ".join(schema["properties"])
        message = f"the schema has no property {field!r} to hold the answer"
        raise InputError("chat.schema", message, where=where, remedy=f"Its properties: {known}.")


def _reader(session: Session, name: str, chat: Chat, schema: Mapping[str, Any] | None) -> Reader | None:
    """How replies are read for the product's kind of answers; None where the reply itself is the answer."""
    kind, labels = session.task.kind, chat.answer.labels
    place = session.opened.places.of("candidates", name, "chat")
    if kind not in KINDS:
        message = f"{name} is a chat model, which cannot put items in order"
        raise InputError(
            "chat.answer", message, where=place, remedy="Record scores, and add them as recorded:."
        )
    if kind in ("regression", "text") and (labels or chat.logprobs):
        what = "labels" if labels else "logprobs"
        message = f"{name} has {what}, but its answers are {'numbers' if kind == 'regression' else 'texts'}"
        raise InputError("chat.answer", message, where=place, remedy=f"Take {what} out.")
    if kind == "text":
        if schema is not None:
            message = f"{name} reads its answer out of JSON, but its answer is the reply itself"
            raise InputError("chat.answer", message, where=place, remedy="Take answer: out.")
        return None
    return Reader(_labels(session, name, labels), schema, chat.answer.field or "", yes_no=kind == "binary")


def _labels(session: Session, name: str, given: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The words of each answer; of yes/no answers the positive one first."""
    if session.task.kind == "regression":
        return {}
    if session.task.kind == "multiclass":
        wanted = list(session.task.classes)
        found = dict(given) or {each: (each,) for each in wanted}
    else:
        positive = class_text(session.product.predicts.positive)
        wanted = [positive]
        found = dict(given) or {positive: ("yes",), f"not {positive}": ("no",)}
    place = session.opened.places.of("candidates", name, "chat", "answer", "labels")
    missing = [each for each in wanted if each not in found]
    if missing:
        message = f"{name} has no word for {missing[0]}, and can never answer it"
        raise InputError(
            "chat.answer", message, where=place, remedy=f"Add it: labels: {{{missing[0]}: WORD, …}}"
        )
    if session.task.kind == "multiclass" and (unknown := [each for each in found if each not in wanted]):
        message = (
            f"{name} has words for {unknown[0]!r}, which is none of the classes {', '.join(wanted[:12])}"
        )
        raise InputError("chat.answer", message, where=place, remedy="Write the classes as the examples do.")
    return {each: found[each] for each in [*wanted, *(other for other in found if other not in wanted)]}
