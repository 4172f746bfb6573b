"""A log is written whole or not at all, in one form; recorded answers are joined without inventing any."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shipworthy.errors import InputError, OutsideError, Place
from shipworthy.query.answer_proofs import prove_answers
from shipworthy.query.engine import BATCH_ROWS
from shipworthy.query.facts import column_facts
from shipworthy.query.frame import ANSWERS, KEYS, Frame
from shipworthy.query.log import rule_answers, write_log
from shipworthy.query.predictions import prove_predictions
from shipworthy.query.recorded import priced, recorded_log
from shipworthy.query.rule import read_rule
from tests.query.tables import frame_of, local, product_of, table_of

START = datetime(2024, 1, 1)  # noqa: DTZ001 - a table without time zones
HERE = Place("product.yaml", 11, 22)
TYPES = {
    "id": pa.string(), "unit": pa.string(), "label": pa.bool_(), "split": pa.string(), "candidate": pa.string(),
    "prediction": pa.bool_(), "score": pa.float64(), "weight": pa.float64(), "latency_ms": pa.float64(),
    "cost_usd": pa.float64(), "error": pa.string(), "output": pa.string(),
}  # fmt: skip


def rows_of(count=30):
    return [
        {
            "id": f"r{n:06d}",
            "time": START + timedelta(minutes=n),
            "size": float(n),
            "format": "ab"[n % 2],
            "label": n % 3 == 0,
        }
        for n in range(count)
    ]


@pytest.fixture
def engine(tmp_path):
    return local(tmp_path)


@pytest.fixture
def frame(engine) -> Frame:
    product = product_of(
        {"id": "id", "time": "time"},
        data={"split": {"by": "time", "test": 0.4, "validation": 0.2}},
        segments=["format"],
    )
    return frame_of(engine, rows_of(), product)


def nothing(batch):
    return {}


class TestWriting:
    """The log of a candidate that runs here."""

    def test_it_has_the_columns_and_types_of_the_log_format_in_the_order_of_ids(self, frame, tmp_path):
        write_log(
            frame,
            "rule",
            {"prediction": frame.column("size") > 20.0, "cost_usd": 0.5},
            tmp_path / "log.parquet",
            nothing,
        )
        log = pq.read_table(tmp_path / "log.parquet")
        assert [*KEYS, *ANSWERS, "format"] == log.column_names
        assert TYPES == {name: log.schema.field(name).type for name in TYPES}
        assert pa.types.is_timestamp(log.schema.field("time").type)
        assert sorted(log["id"].to_pylist()) == log["id"].to_pylist()
        assert {"rule"} == set(log["candidate"].to_pylist())
        assert {0.5} == set(log["cost_usd"].to_pylist())
        assert {1.0} == set(log["weight"].to_pylist())
        assert 30 == log["score"].null_count + log["id"].length() - 18 + 12
        assert [int(name[1:]) > 20 for name in log["id"].to_pylist()] == log["prediction"].to_pylist()

    def test_only_rows_that_set_thresholds_or_judge_are_answered(self, frame, tmp_path):
        write_log(frame, "a", {"score": frame.column("size")}, tmp_path / "log.parquet", nothing)
        log = pq.read_table(tmp_path / "log.parquet")
        assert {"validation", "test"} == set(log["split"].to_pylist())
        assert 18 == log.num_rows

    def test_batches_are_completed_one_by_one_with_the_original_columns(self, engine, tmp_path):
        frame = frame_of(engine, rows_of(BATCH_ROWS + 10), product_of({"id": "id", "time": "time"}))
        sizes = []

        def doubled(batch):
            sizes.append(batch.num_rows)
            return {
                "score": [2.0 * value for value in batch["c:size"].to_pylist()],
                "latency_ms": [None] * batch.num_rows,
            }

        write_log(frame, "a", {}, tmp_path / "log.parquet", doubled)
        log = pq.read_table(tmp_path / "log.parquet")
        assert BATCH_ROWS + 10 == log.num_rows == sum(sizes)
        assert 2 < len(sizes), "the empty batch for the types, and at least two more"
        assert max(sizes) <= BATCH_ROWS
        assert [2.0 * n for n in range(BATCH_ROWS + 10)] == log["score"].to_pylist()

    @pytest.mark.parametrize("error", [ValueError("no"), InputError("model.x", "no"), KeyboardInterrupt()])
    def test_a_failure_half_way_leaves_no_file_behind(self, frame, tmp_path, error):
        def failing(batch):
            if batch.num_rows:
                raise error
            return {}

        expected = OutsideError if isinstance(error, ValueError) else type(error)
        with pytest.raises(expected):
            write_log(frame, "a", {"score": frame.column("size")}, tmp_path / "logs.parquet", failing)
        assert [] == [path.name for path in tmp_path.iterdir() if "logs" in path.name]
        assert frame.engine.run(frame.table.count(), "testing")

    def test_a_killed_writer_leaves_no_log_under_its_name(self, tmp_path):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        assert "writing\n" == process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate(timeout=30)
        time.sleep(0.05)
        assert not (tmp_path / "log.parquet").exists()

    def test_a_rule_answers_with_a_prediction_or_with_a_score(self, frame):
        columns = ["size", "format"]
        assert ["prediction"] == list(rule_answers(frame, read_rule("size > 3", columns)))
        assert ["score"] == list(rule_answers(frame, read_rule("size * 2", columns)))


KILLED = """
import sys, time
from pathlib import Path
from shipworthy.query.log import write_log
from tests.query.tables import frame_of, local, product_of

folder = Path(sys.argv[1])
frame = frame_of(local(folder), [{"id": str(n), "label": n % 2 == 0} for n in range(9)], product_of({"id": "id"}))

def slow(batch):
    if batch.num_rows:
        print("writing", flush=True)
        time.sleep(60)
    return {}

write_log(frame, "a", {}, folder / "log.parquet", slow)
"""


class TestRecorded:
    """The log of somebody's predictions."""

    def read(self, frame, rows, columns=None):
        table = table_of(frame.engine, rows, None, "recorded")
        log = recorded_log(frame, table, "vendor", columns or {}, HERE, same_source=False, target=True)
        return {row["id"]: row for row in frame.engine.run(log, "testing").to_pylist()}

    def test_answers_are_joined_by_id_and_rows_without_one_stay_unanswered(self, frame):
        found = self.read(
            frame,
            [
                {"id": "r000029", "score": 0.9},
                {"id": "r000028", "score": None},
                {"id": "nobody", "score": 1.0},
            ],
        )
        assert 18 == len(found)
        assert 0.9 == found["r000029"]["score"]
        assert 17 == sum(row["score"] is None for row in found.values())
        assert {"vendor"} == {row["candidate"] for row in found.values()}
        assert "b" == found["r000029"]["format"]

    def test_columns_are_mapped(self, frame):
        rows = [
            {
                "key": "r000029",
                "verdict": True,
                "p": 0.7,
                "ms": 12,
                "usd": 0.01,
                "why": "timeout",
                "text": "spam!",
            }
        ]
        names = {
            "id": "key",
            "prediction": "verdict",
            "score": "p",
            "latency_ms": "ms",
            "cost_usd": "usd",
            "error": "why",
            "output": "text",
        }
        found = self.read(frame, rows, names)["r000029"]
        assert (True, 0.7, 12.0, 0.01, "timeout", "spam!") == tuple(
            found[name] for name in ("prediction", "score", "latency_ms", "cost_usd", "error", "output")
        )

    def test_ids_of_another_type_meet_as_text(self, engine):
        rows = [{"id": n, "label": n % 2 == 0} for n in range(5)]
        frame = frame_of(engine, rows, product_of({"id": "id"}))
        found = self.read(frame, [{"id": str(n), "prediction": n > 2} for n in range(5)])
        assert {str(n): n > 2 for n in range(5)} == {key: row["prediction"] for key, row in found.items()}

    def test_one_table_is_not_joined_with_itself(self, frame):
        before = frame.table.columns
        log = recorded_log(
            frame,
            frame.engine.con.table("rows"),
            "vendor",
            {"score": "size"},
            HERE,
            same_source=True,
            target=True,
        )
        sql = str(frame.engine.con.compile(log))
        assert "JOIN" not in sql.upper()
        assert before == frame.table.columns

    @pytest.mark.parametrize(
        ("row", "columns", "code", "words"),
        [
            ({"id": "r1", "score": 1.0}, {"score": "skore"}, "recorded.column", "Did you mean 'score'"),
            ({"id": "r1", "verdict": 1}, {}, "recorded.answers", "Its columns: id, verdict"),
            ({"key": "r1", "score": 1.0}, {}, "recorded.id", r"columns: \{id: NAME\}"),
            ({"id": "r1", "score": "high"}, {}, "recorded.type", "does not hold numbers"),
            ({"id": "r1", "prediction": 1, "latency_ms": "fast"}, {}, "recorded.type", "gives its latency_ms in the column 'latency_ms'"),
        ],
    )  # fmt: skip
    def test_columns_that_do_not_fit_are_refused_with_their_names(self, frame, row, columns, code, words):
        with pytest.raises(InputError, match=words) as caught:
            self.read(frame, [row], columns)
        assert (code, HERE) == (caught.value.problem.code, caught.value.problem.where)

    def test_a_stated_cost_fills_the_gaps(self, frame):
        rows = [{"id": "r000029", "score": 0.9, "cost_usd": 0.2}]
        table = table_of(frame.engine, rows, None, "recorded")
        log = priced(recorded_log(frame, table, "v", {}, None, same_source=False, target=True), 0.5)
        found = frame.engine.run(log, "testing").to_pylist()
        assert {"r000029": 0.2, "r000028": 0.5} == {
            row["id"]: row["cost_usd"] for row in found if row["id"] > "r000027"
        }


class TestProofs:
    """What is proved of answers before they are counted."""

    def log(self, frame, rows):
        table = table_of(
            frame.engine, rows, pa.schema([("id", pa.string()), ("score", pa.float64())]), "recorded"
        )
        return recorded_log(frame, table, "vendor", {}, HERE, same_source=False, target=True)

    @pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
    def test_the_first_score_that_is_no_number_is_named(self, frame, value):
        rows = [{"id": f"r0000{n}", "score": value if n in (27, 22) else 0.5} for n in range(10, 30)]
        with pytest.raises(
            InputError, match="2 scores of vendor are NaN or infinite, the first at id r000022"
        ) as caught:
            prove_answers(frame.engine, self.log(frame, rows), "vendor", HERE)
        assert ("data.score", HERE) == (caught.value.problem.code, caught.value.problem.where)

    def test_answers_of_nobody_are_refused(self, frame):
        with pytest.raises(InputError, match="vendor answers none of the 18 rows"):
            prove_answers(frame.engine, self.log(frame, [{"id": "x", "score": 0.5}]), "vendor")

    def test_answers_are_counted(self, frame):
        found = prove_answers(frame.engine, self.log(frame, [{"id": "r000029", "score": 0.5}]), "vendor")
        assert {"rows": 18, "predictions": 0, "scores": 1} == found


VOCABULARY = [
    ([0, 1], 1, [1, 0, None], None),
    ([0, 1], 1, [1.0, 0.0], None),
    ([0, 1], 1, [1.0, 0.0, float("nan")], None),
    ([0, 1], 1, [True, False], None),
    ([0, 1], 1, ["1", "0"], None),
    ([0, 1], 1, [0.93, 0.2, 1.0], "predicts 0.2, 0.93 in"),
    ([0, 1], 1, ["yes", "no"], "predicts no, yes in"),
    ([True, False], True, [1, 0], None),
    ([True, False], True, ["True", "False"], "predicts False, True in"),
    (["spam", "ham"], "spam", ["spam", "ham", None], None),
    (["spam", "ham"], "spam", ["Spam", "ham", "eggs", "tea"], r"predicts Spam, eggs, tea in its column 'p', but label holds ham, spam"),
    (["spam", "ham"], "spam", [True, False], "predicts false, true in"),
    (["a", "b", "c"], "a", ["c", "b"], None),
]  # fmt: skip


@pytest.mark.parametrize(("labels", "positive", "predictions", "message"), VOCABULARY)
def test_predictions_must_be_values_of_the_label(engine, labels, positive, predictions, message):
    examples = table_of(engine, [{"label": value} for value in labels], None, "examples")
    label = column_facts(engine, examples)["label"]
    recorded = table_of(engine, [{"p": value} for value in predictions], None, "recorded")
    if message is None:
        prove_predictions(engine, recorded, "p", label, positive, "vendor", HERE)
        return
    with pytest.raises(InputError, match=message) as caught:
        prove_predictions(engine, recorded, "p", label, positive, "vendor", HERE)
    assert ("recorded.values", HERE) == (caught.value.problem.code, caught.value.problem.where)
