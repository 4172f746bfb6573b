"""A small product whose answers a judge graded, and people in part: everything is recorded, and no model is asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from tests.workbench.shop import write_csv

PRODUCT = """\
product: Desk help
owner: Support
predicts: {target: answer, kind: text}
data:
  examples: {source: questions.csv, id: id, owner: Support, licence: own}
segments: [topic]
grade:
  helpful:
    judge:
      model: small-1
      base_url: http://127.0.0.1:9/v1
      rubric: helpful.md
      columns: [question]
      people: people.csv
      drawn: at random
candidates:
  assistant: {recorded: assistant.csv}
requirements:
  - pass_rate(helpful) >= 60 %
"""
RUBRIC = "An answer passes if it says what to do next.\n"
ROWS, LABELS, SENSITIVITY, SPECIFICITY, RATE = 600, 150, 0.9, 0.7, 0.75

Row = dict[str, Any]


def truth(rows: int = ROWS, seed: int = 7) -> tuple[np.ndarray, np.ndarray]:
    """What people would say of each answer, and what the judge says."""
    chance = np.random.default_rng(seed)
    human = chance.random(rows) < RATE
    judge = np.where(human, chance.random(rows) < SENSITIVITY, chance.random(rows) >= SPECIFICITY)
    return human, judge


def people_lines(human: np.ndarray, rows: np.ndarray, **more: str) -> list[Row]:
    """Ann labels every answer that was drawn, Bob every third, and differs from her now and then."""
    lines = [_line(at, _word(human[at]), "ann", more) for at in rows]
    return lines + [_line(at, _word(human[at] ^ (at % 20 == 0)), "bob", more) for at in rows[::3]]


def _word(passed: np.bool_) -> str:
    return "pass" if passed else "fail"


def _line(at: int, verdict: str, who: str, more: dict[str, str]) -> Row:
    return {
        "id": f"q{at:03d}",
        "candidate": "assistant",
        "verdict": verdict,
        "labeller": who,
        **more,
    }


def answers(judge: np.ndarray, *, silent: int = 0) -> list[Row]:
    """Longer where the judge likes it; without a verdict in the first rows."""
    return [
        {
            "id": f"q{at:03d}",
            "output": "Open the settings, and then choose your name." if passed else "No idea at all.",
            "grade.helpful": "" if at < silent else int(passed),
        }
        for at, passed in enumerate(judge)
    ]


def judged_folder(
    folder: Path, text: str = PRODUCT, *, labels: int = LABELS, silent: int = 0, seed: int = 7
) -> Path:
    """The product in a folder, with so many answers labelled at random."""
    folder.mkdir(parents=True, exist_ok=True)
    human, judge = truth(seed=seed)
    drawn = np.random.default_rng(seed + 1).permutation(ROWS)[:labels]
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    (folder / "helpful.md").write_text(RUBRIC, encoding="utf-8")
    write_csv(
        folder / "questions.csv",
        [{"id": f"q{at:03d}", "topic": "ab"[at % 2], "question": f"How do I {at}?"} for at in range(ROWS)],
    )
    write_csv(folder / "assistant.csv", answers(judge, silent=silent))
    if labels:
        write_csv(folder / "people.csv", people_lines(human, drawn))
    else:
        (folder / "people.csv").write_text("id,candidate,verdict,labeller\n", encoding="utf-8")
    return folder
