"""A real, small language model as a judge: it is a bad one, and nothing that it says alone decides a claim."""

from __future__ import annotations

import pytest

import shipworthy as sw
from tests.engines.language_model import NAME
from tests.workbench.shop import write_csv

pytestmark = pytest.mark.slow  # some twenty replies of a real model

PRODUCT = """\
product: Sums
owner: Teachers
predicts: {target: answer, kind: text}
data:
  examples: {source: sums.csv, id: id, owner: Teachers, licence: own}
grade:
  right:
    judge: {model: MODEL, base_url: URL, rubric: right.md, columns: [sum], temperature: 0, max_tokens: 60, concurrency: 2,
            people: people.csv, drawn: at random}
candidates:
  pupil: {recorded: pupil.csv}
requirements:
  - pass_rate(right) >= 90 %
"""
ROWS = 24


@pytest.fixture(scope="module")
def evaluations(tmp_path_factory, language_model):
    """The product judged by the model alone, and with what people said of every second answer, half of which are right."""
    folder = tmp_path_factory.mktemp("sums")
    text = PRODUCT.replace("MODEL", NAME).replace("URL", language_model)
    (folder / "product.yaml").write_text(text, encoding="utf-8")
    (folder / "right.md").write_text(
        "The answer passes if it is the right result of the sum.", encoding="utf-8"
    )
    rows = [(f"s{at:02d}", at, at * 7 % 10) for at in range(ROWS)]
    write_csv(folder / "sums.csv", [{"id": row, "sum": f"{a} + {b}"} for row, a, b in rows])
    said = [{"id": row, "output": f"It is {a + b + 3 * (a % 2)}."} for row, a, b in rows]
    write_csv(folder / "pupil.csv", said)
    (folder / "people.csv").write_text("id,candidate,verdict,labeller\n", encoding="utf-8")
    alone = sw.evaluate(sw.open(folder)).evaluation
    drawn = [(row, a) for row, a, _ in rows if a % 4 in (0, 3)]
    lines = [
        {"id": row, "candidate": "pupil", "verdict": "fail" if a % 2 else "pass", "labeller": "ann"}
        for row, a in drawn
    ]
    write_csv(folder / "people.csv", lines)
    return alone, sw.evaluate(sw.open(folder)).evaluation


def test_a_real_model_alone_decides_nothing(evaluations):
    [verdict], [judge] = evaluations[0].verdicts, evaluations[0].judges
    assert "undecided" == verdict.verdict
    assert 0 < judge.judged <= ROWS
    assert 0 == judge.labelled


def test_beside_what_people_said_a_real_model_is_corrected_and_its_praise_is_not_believed(evaluations):
    """Half of the answers are wrong: whatever the model says of them, the claim is not met."""
    [verdict], [judge] = evaluations[1].verdicts, evaluations[1].judges
    assert "met" != verdict.verdict
    assert judge.corrected.low < 0.5 < judge.corrected.high
    assert judge.sensitivity.value is not None
    assert judge.kappa.low is not None
