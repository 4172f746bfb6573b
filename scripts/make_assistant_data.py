"""Make the table of the template `assistant`, and the outputs of its extractive candidate, attacks included.

The sources are text: the shop's help pages in the template's folder `knowledge/`, the questions with their reference
answers in scripts/assistant/questions.csv, those that the pages do not answer in unanswerable.csv. All of it was
written for this project; the shop is invented. The same sources and package versions write the same bytes:

    python scripts/make_assistant_data.py
"""

from __future__ import annotations

import csv
import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shipworthy.misuse import questions as misuse
from shipworthy.misuse.shipped import shipped_suite

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "src" / "shipworthy" / "spec" / "templates" / "assistant"
SOURCES = ROOT / "scripts" / "assistant"
LANGUAGES = {"hilfe": "de", "aide": "fr", "ayuda": "es"}
"""Pages of help that are not in English."""
CUSTOMERS = 90
FIRST_DAY = datetime(2026, 9, 1, tzinfo=UTC)
SECONDS = 61 * 24 * 3600
PASSAGES = 3
LEAST_SHARE = 1 / 3
"""Where a sentence covers less of a question than this, the extractive candidate refuses."""
REFUSALS = {
    "en": "I am sorry, I do not know: our help pages do not say.",
    "de": "Das weiß ich leider nicht: Unsere Hilfeseiten sagen es nicht.",
    "fr": "Désolé, je ne sais pas : nos pages d'aide ne le disent pas.",
    "es": "Lo siento, no lo sé: nuestras páginas de ayuda no lo dicen.",
}


@dataclass(frozen=True)
class Document:
    """One section of a help page."""

    name: str
    topic: str
    title: str
    text: str


@dataclass(frozen=True)
class Question:
    """What a customer asks; `answer` and `source` are empty where no page says."""

    text: str
    topic: str
    language: str
    difficulty: str
    answer: str | None = None
    source: str | None = None

    @property
    def digest(self) -> int:
        """A number that stands for the question, from which its customer and time are drawn."""
        return int.from_bytes(hashlib.sha256(self.text.encode()).digest()[:8], "big")


class Search:
    """Keyword retrieval by BM25 (k1 = 1.2, b = 0.75), which knows nothing of languages or of meaning."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.counts = [Counter(words(text)) for text in texts]
        self.mean_length = sum(count.total() for count in self.counts) / len(texts)
        found = Counter(word for count in self.counts for word in count)
        self.weights = {word: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for word, n in found.items()}
        self.unseen = math.log(1 + (len(texts) + 0.5) / 0.5)

    def best(self, question: str, most: int) -> list[int]:
        """The places of the texts that fit a question best, the first one first; ties in the order of the texts."""
        asked = set(words(question))
        scores = [self._score(asked, count) for count in self.counts]
        return sorted(range(len(scores)), key=lambda place: (-scores[place], place))[:most]

    def share(self, question: str, sentence: str) -> float:
        """The share of a question's words, weighed by how rare they are, that a sentence has.

        `fsum` rounds once, so equal sentences tie whatever order a set has.
        """
        asked, has = set(words(question)), set(words(sentence))
        whole = math.fsum(self.weights.get(word, self.unseen) for word in asked)
        return math.fsum(self.weights.get(word, self.unseen) for word in asked & has) / whole

    def _score(self, asked: Iterable[str], count: Counter[str]) -> float:
        norm = 1.2 * (0.25 + 0.75 * count.total() / self.mean_length)
        return math.fsum(
            self.weights[word] * 2.2 * count[word] / (count[word] + norm) for word in asked if word in count
        )


def main() -> None:
    """Write the table and the extractive candidate's outputs, and say what was written."""
    documents, questions = knowledge(), asked_questions()
    search = Search([f"{each.title}. {each.text}" for each in documents])
    table = question_table(questions, documents, search)
    outputs = [
        extract(question, context, language, search)
        for question, context, language in zip(
            *(table[name].to_pylist() for name in ("question", "context", "language")), strict=True
        )
    ]
    write(table, "questions.parquet")
    write(output_table(table["id"].to_pylist(), outputs), "extractive.parquet")
    write(attack_outputs(search), "extractive_attacks.parquet")
    answerable = [row for row in table.to_pylist() if row["source_doc"]]
    found = sum(f"[{row['source_doc']}]" in row["context"] for row in answerable)
    print(f"{found} of {len(answerable)} contexts hold the document that answers")


def knowledge() -> list[Document]:
    """The sections of all help pages, by page and in their order."""
    found = []
    for path in sorted((TEMPLATE / "knowledge").glob("*.md")):
        for section in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            head, text = section.split("\n", 1)
            name, title = head.split(": ", 1)
            found.append(Document(name, path.stem, title, text.strip()))
    return found


def asked_questions() -> list[Question]:
    """All questions, answerable or not."""
    topics = {document.name: document.topic for document in knowledge()}
    answerable = [
        Question(
            row["question"],
            topics[row["source_doc"]],
            LANGUAGES.get(topics[row["source_doc"]], "en"),
            row["difficulty"],
            row["answer"],
            row["source_doc"],
        )
        for row in rows("questions.csv")
    ]
    others = [
        Question(row["question"], row["topic"], row["language"], "unanswerable")
        for row in rows("unanswerable.csv")
    ]
    return answerable + others


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the source files."""
    with (SOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))


def question_table(questions: Sequence[Question], documents: Sequence[Document], search: Search) -> pa.Table:
    """One row for each question, in the order of time."""
    ordered = sorted(questions, key=lambda each: (each.digest % SECONDS, each.text))
    contexts = [context_of(each.text, documents, search) for each in ordered]
    texts = {
        "id": [f"q-{number:03}" for number in range(1, len(ordered) + 1)],
        "customer": [f"c-{each.digest // SECONDS % CUSTOMERS + 1:02}" for each in ordered],
        "topic": [each.topic for each in ordered],
        "language": [each.language for each in ordered],
        "difficulty": [each.difficulty for each in ordered],
        "answerable": ["yes" if each.source else "no" for each in ordered],
        "question": [each.text for each in ordered],
        "answer": [each.answer for each in ordered],
        "context": contexts,
        "source_doc": [each.source for each in ordered],
    }
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    times = [FIRST_DAY + timedelta(seconds=each.digest % SECONDS) for each in ordered]
    table = pa.table(columns)
    return table.add_column(1, "time", pa.array(times, pa.timestamp("us", tz="UTC")))


def attack_outputs(search: Search) -> pa.Table:
    """What the extractive candidate says to each attack of the suite `core`, and to its twin."""
    asked = list(misuse.questions(shipped_suite("core")))
    outputs = [extract(each.text, each.context, "en", search) for each in asked]
    return output_table([each.id for each in asked], outputs)


def output_table(ids: Sequence[str], outputs: Sequence[str]) -> pa.Table:
    """One output for each id."""
    return pa.table({"id": pa.array(ids, pa.string()), "output": pa.array(outputs, pa.string())})


def context_of(question: str, documents: Sequence[Document], search: Search) -> str:
    """The documents that keyword retrieval gives for a question, as the assistant reads them."""
    found = [documents[place] for place in search.best(question, PASSAGES)]
    return "\n\n".join(f"[{each.name}] {each.title}. {each.text}" for each in found)


def extract(question: str, context: str, language: str, search: Search) -> str:
    """The sentence of the context that covers most of the question, or a refusal where none covers enough."""
    texts = [re.sub(r"^\[[\w-]+\] ", "", passage) for passage in context.split("\n\n")]
    sentences = [sentence for text in texts for sentence in re.split(r"(?<=[.!?]) (?=[A-ZÄÖÜÉÀ¿])", text)]
    best = max(sentences, key=lambda sentence: search.share(question, sentence))
    return best if search.share(question, best) >= LEAST_SHARE else REFUSALS[language]


def words(text: str) -> list[str]:
    """The words and numbers of a text, in small letters; a plural's or a verb's last s is left off."""
    found = re.findall(r"\d+(?:[.,:]\d+)*|[^\W\d_]+", text.casefold())
    return [word[:-1] if len(word) > 3 and word.endswith("s") else word for word in found]


def write(table: pa.Table, name: str) -> None:
    """Write one table into the template, and say so."""
    path = TEMPLATE / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, compression="zstd", compression_level=19)
    print(f"{name}: {table.num_rows} rows, {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
