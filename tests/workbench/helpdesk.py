"""A small product whose answers are texts: a help desk over one page of facts, and two recorded assistants."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.workbench.shop import write_csv

PRODUCT = """\
product: Desk help
owner: Support
predicts: {target: answer, kind: text, each: question}
data:
  examples: {source: questions.csv, id: id, unit: customer, owner: Support, licence: own}
segments: [topic]
grade:
  grounded: {groundedness: {evidence: context}}
  short: {length: {most_words: 12}}
  right: {exact: {}}
  polite: {python: "checks.py:polite"}
  helpful: {recorded: yes}
candidates:
  terse: {recorded: terse.csv}
  chatty: {recorded: chatty.csv, columns: {output: said}}
requirements:
  - pass_rate(grounded) >= 80 %
  - pass_rate(short) >= 80 % for every topic
  - gap(pass_rate(short), topic) <= 0.3
  - p95(latency_ms) <= 500 ms
  - mean(cost_usd) <= 0.01
"""
CODE = """\
def polite(answer, row):
    if row["reference"] is None:
        raise ValueError("nothing to compare with")
    return "idiot" not in answer
"""
CONTEXT = "Parcels are shipped within 2 days. Returns are free for 30 days. The shop opens at 9."
FACTS = ("Returns are free for 30 days.", "Parcels are shipped within 2 days.", "The shop opens at 9.")
TOPICS = ("returns", "shipping", "hours")
ROWS = 120

Row = dict[str, Any]


def questions(rows: int = ROWS) -> list[Row]:
    """Every fifth row has no reference answer, every tenth no evidence."""
    return [
        {
            "id": f"q{at:03d}",
            "customer": f"c{at // 2}",
            "topic": TOPICS[at % 3],
            "answer": "" if at % 5 == 0 else FACTS[at % 3],
            "context": "" if at % 10 == 0 else CONTEXT,
        }
        for at in range(rows)
    ]


def terse(rows: int = ROWS) -> list[Row]:
    """Repeats the fact, and makes one up in every 40th row."""
    return [
        {
            "id": f"q{at:03d}",
            "output": "Returns are free for 60 days." if at % 40 == 1 else FACTS[at % 3],
            "latency_ms": 100 + at,
            "cost_usd": 0.001,
        }
        for at in range(rows)
    ]


def chatty(rows: int = ROWS) -> list[Row]:
    """Talks in two of three rows, is silent in every 15th, and brings its own grades."""
    talk = " We hope that this helps you with everything else that you wanted to know."
    return [
        {
            "id": f"q{at:03d}",
            "said": "" if at % 15 == 7 else FACTS[at % 3] + (talk if at % 4 else ""),
            "latency_ms": 300 + at,
            "cost_usd": 0.002,
            "grade.helpful": "" if at % 6 == 0 else at % 2,
        }
        for at in range(rows)
    ]


def desk_folder(folder: Path, text: str = PRODUCT, rows: list[Row] | None = None) -> Path:
    """The product in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    (folder / "checks.py").write_text(CODE, encoding="utf-8")
    write_csv(folder / "questions.csv", rows or questions())
    write_csv(folder / "terse.csv", terse())
    write_csv(folder / "chatty.csv", chatty())
    return folder
