"""Whatever is wrong with what a person gives, they are told what, where and what to do, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import command
from tests.workbench import shop
from tests.workbench.shop import LOGISTIC, VENDOR, changed, edited, mail, with_candidates, with_requirements

ROWS = mail()
VENDOR_ROWS = [{"id": row["id"], "score": 0.9 if row["bait"] > 1 else 0.1} for row in ROWS]
WITH_VENDOR = with_candidates(VENDOR)
WORDS = [{"id": row["id"], "prediction": "spam" if row["spam"] else "ham"} for row in ROWS]


def rule(text: str) -> str:
    return changed('"bait > 1 OR winner"', f'"{text}"')


def by_part(value: Callable[[shop.Row], str]) -> Mapping[str, Any]:
    return {"text": changed("by: time", "by: part"), "rows": edited(ROWS, part=value)}


@dataclass(frozen=True)
class Bad:
    """A product that is wrong in one way, and what a person must be told: code, place, words of message and remedy."""

    code: str
    where: str
    message: str
    remedy: str
    text: str = shop.PRODUCT
    rows: Sequence[shop.Row] = field(default=tuple(ROWS), repr=False)
    files: Mapping[str, bytes | Sequence[shop.Row] | None] = field(default_factory=dict, repr=False)

    def make(self, folder: Path) -> Path:
        """The product's folder."""
        shop.product_folder(folder, self.text, self.rows)
        for name, content in self.files.items():
            if content is None:
                (folder / name).unlink()
            elif isinstance(content, bytes):
                (folder / name).write_bytes(content)
            else:
                shop.write_csv(folder / name, content)
        return folder


SOURCE, ID, TIME = "6:22", "6:36", "6:46"
WEIGHTED = changed("time: time", "time: time, weight: weight")
TABLE: dict[str, Bad] = {
    "a metric of classes where answers are texts": Bad(
        "metric.kind", "", "this product's are of the kind text", "Metrics for text",
        text=changed("positive: 1}", "positive: 1, kind: text}"),
    ),
    "negative weights": Bad(
        "data.weight_negative", "6:60", "1 of 400 rows have a negative weight in weight, the least -2", "0 leaves a row out",
        text=WEIGHTED, rows=[{**ROWS[0], "weight": -2.0}, *edited(ROWS[1:], weight=0.0)],
    ),
    "missing weights": Bad(
        "data.weight_missing", "6:60", "2 of 400 rows have no finite number in the weight column", "Give every row its weight",
        text=WEIGHTED, rows=[*edited(ROWS[:2], weight=""), *edited(ROWS[2:], weight=1.5)],
    ),
    "weights that are words": Bad(
        "data.weight_type", "6:60", "the weight column weight holds string, not numbers", "1 for rows drawn alike",
        text=WEIGHTED, rows=edited(ROWS, weight="heavy"),
    ),
    "weights of nothing": Bad(
        "data.weight_zero", "6:60", "every row has the weight 0", "above 0",
        text=WEIGHTED, rows=edited(ROWS, weight=0),
    ),
    "a unit that some rows lack": Bad(
        "data.null_unit", "6:58", "1 rows have no sender", "Give every row its unit",
        text=changed("time: time", "time: time, unit: sender"), rows=[{**ROWS[0], "sender": ""}, *ROWS[1:]],
    ),
    "missing file": Bad("source.missing", SOURCE, "no file mail.csv", "Paths count from", files={"mail.csv": None}),
    "misspelled file": Bad(
        "source.missing", SOURCE, "no file mial.csv", "Did you mean 'mail.csv'?",
        text=changed("source: mail.csv", "source: mial.csv"),
    ),
    "file outside the folder that is not there": Bad(
        "source.missing", SOURCE, "no file ../other/mail.csv", "Paths count from",
        text=changed("source: mail.csv", "source: ../other/mail.csv"),
    ),
    "pattern that matches nothing": Bad(
        "source.missing", SOURCE, "no file part-*.csv", "mail.csv", text=changed("source: mail.csv", 'source: "part-*.csv"')
    ),
    "folder for a file": Bad(
        "source.folder", SOURCE, ". is a folder", "*.parquet", text=changed("source: mail.csv", "source: .")
    ),
    "unknown ending": Bad(
        "source.format", SOURCE, "mail.xlsx is of no format", ".parquet, .pq, .csv",
        text=changed("source: mail.csv", "source: mail.xlsx"), files={"mail.xlsx": b"PK"},
    ),
    "empty file": Bad("source.empty", SOURCE, "mail.csv is empty", "header and rows", files={"mail.csv": b""}),
    "header without rows": Bad(
        "data.no_rows", SOURCE, "no rows", "Point source: at a table with rows",
        files={"mail.csv": ",".join(ROWS[0]).encode() + b"\n"},
    ),
    "damaged Parquet": Bad(
        "source.damaged", SOURCE, "mail.parquet cannot be read", "complete",
        text=changed("source: mail.csv", "source: mail.parquet"), files={"mail.parquet": b"PAR1 and then nothing"},
    ),
    "CSV that is not UTF-8": Bad(
        "data.encoding", SOURCE, "mail.csv is not UTF-8", "iconv -f LATIN1 -t UTF-8",
        rows=edited(ROWS, format="caf\u00e9"), files={"mail.csv": "id,spam\nm1,caf\u00e9\nm2,1\n".encode("latin1") * 40},
    ),
    "no positive labels": Bad(
        "data.no_positives", "3:36", "no row has spam = 1; it holds 0 (400 rows)", "predicts.positive",
        rows=edited(ROWS, spam=0),
    ),
    "positive value that does not occur": Bad(
        "data.no_positives", "3:36", "no row has spam = 'yes'", "predicts.positive",
        text=changed("positive: 1", 'positive: "yes"'),
    ),
    "positive word for a boolean label": Bad(
        "data.no_positives", "3:36", "no row has spam = 'spam'; it holds", "Write one of these",
        text=changed("positive: 1", "positive: spam"), rows=edited(ROWS, spam=lambda row: bool(row["spam"])),
    ),
    "one class only": Bad("data.one_class", "3:36", "every labelled row has spam = 1", "needs both", rows=edited(ROWS, spam=1)),
    "label of which every value is missing": Bad(
        "data.all_null", "3:36", "every value of spam is missing", "label some rows", rows=edited(ROWS, spam="")
    ),
    "all-null column in a rule": Bad(
        "data.all_null", "10:13", "every value of bait is missing", "Take it out of the rule", rows=edited(ROWS, bait="")
    ),
    "all-null column in a requirement": Bad(
        "data.all_null", "12:5", "every value of size is missing", "has values",
        text=with_requirements("mean(size) <= 20"), rows=edited(ROWS, size=""),
    ),
    "all-null time": Bad("data.all_null", TIME, "every value of time is missing", "take time: out", rows=edited(ROWS, time="")),
    "some times missing": Bad(
        "data.null_time", TIME, "1 rows have no time", "drop the row",
        rows=edited(ROWS, time=lambda row: "" if row["id"] == "m00007" else row["time"]),
    ),
    "time that is text": Bad(
        "data.time", TIME, "time is not a time", "timestamp", rows=edited(ROWS, time=lambda row: f"day {row['id']}")
    ),
    "duplicate ids": Bad(
        "data.duplicate_id", ID, "m00000 (2 times), m00001 (3 times)", "repeats: COLUMN",
        rows=[*ROWS, *ROWS[:2], ROWS[1]],
    ),
    "ids missing": Bad(
        "data.null_id", ID, "have no id", "drop these rows",
        rows=edited(ROWS, id=lambda row: "" if row["id"] in ("m00003", "m00005") else row["id"]),
    ),
    "misspelled column of the examples": Bad(
        "data.no_column", TIME, "no column 'tiem'", "Did you mean 'time'?", text=changed("time: time", "time: tiem")
    ),
    "label among the features": Bad(
        "model.label_leak", "11:53", "lists the label 'spam'", "Take it out",
        text=with_candidates("  logistic: {train: logistic_regression, features: [spam, bait]}\n"),
    ),
    "feature that does not exist": Bad(
        "data.no_column", "11:53", "no column 'biat'", "Did you mean 'bait'?",
        text=with_candidates("  logistic: {train: logistic_regression, features: [biat, size]}\n"),
    ),
    "nothing to train on": Bad(
        "data.no_training_rows", "11:13", "no labelled row is left to train logistic on", "smaller shares",
        text=changed("by: time", "by: part", with_candidates(LOGISTIC)), rows=edited(ROWS, part="test"),
    ),
    "unknown metric": Bad("spec.metric", "12:5", "no metric is called 'recal'", "'recall'", text=with_requirements("recal >= 0.5")),
    "impossible bound": Bad(
        "requirement.impossible", "12:5", "recall lies from 0 to 1", "Write a share", text=with_requirements("recall >= 1.2")
    ),
    "bound that no data could prove": Bad(
        "requirement.unprovable", "12:5", "can never be proved", "0.999", text=with_requirements("recall >= 100 %")
    ),
    "requirement on a column that does not exist": Bad(
        "data.no_column", "12:5", "no column 'fromat'", "Did you mean 'format'?",
        text=with_requirements("recall >= 0.5 for every fromat"),
    ),
    "mean of a column that does not exist": Bad(
        "data.no_column", "12:5", "no column 'sice'", "Did you mean 'size'?", text=with_requirements("mean(sice) <= 20")
    ),
    "mean of a text": Bad(
        "requirement.kind", "12:5", "needs a number or boolean column, and sender holds text", "column of that kind",
        text=with_requirements("mean(sender) <= 20"),
    ),
    "segment that does not exist": Bad(
        "data.no_column", "8:12", "no column 'fromat'", "'format'", text=changed("segments: [format]", "segments: [fromat]")
    ),
    "segment of text in quantiles": Bad(
        "segment.kind", "8:12", "format is not a number", "slice by its values",
        text=changed("segments: [format]", "segments: [{format: 4 quantiles}]"),
    ),
    "rule with a second statement": Bad(
        "rule.symbol", "10:13", "cannot hold ';'", "A rule is made of", text=rule("bait > 1; DROP TABLE mail")
    ),
    "rule with a subquery": Bad(
        "rule.not_allowed", "10:13", "subquery", "A rule is made of",
        text=rule("bait > (SELECT count(*) FROM read_csv('mail.csv'))"),
    ),
    "rule that reads a file": Bad(
        "rule.function", "10:13", "cannot call read_text", "A rule is made of", text=rule("read_text('mail.csv') = 'x'")
    ),
    "rule with a comment": Bad("rule.comment", "10:13", "comment", "", text=rule("bait > 1 -- or not")),
    "rule that is no SQL": Bad("rule.syntax", "10:13", "cannot be read", "A rule is made of", text=rule("bait > AND 1")),
    "rule on a column that does not exist": Bad(
        "rule.unknown_column", "10:13", "'biat', which is no column", "Did you mean 'bait'?", text=rule("biat > 1")
    ),
    "rule that gives a text": Bad("rule.type", "10:13", "the rule gives", "true or false", text=rule("sender")),
    "split column with other words": Bad(
        "split.values", "6:13", "holds 'holdout' in 200 rows", "train, validation, test",
        **by_part(lambda row: "train" if row["id"] < "m00200" else "holdout"),
    ),
    "split column with gaps": Bad(
        "split.values", "6:13", "holds nothing in 200 rows", "train, validation, test",
        **by_part(lambda row: "test" if row["id"] < "m00200" else ""),
    ),
    "split that leaves nothing to judge by": Bad(
        "split.no_test", "6:13", "no row to judge by", "Give test rows", **by_part(lambda row: "train")
    ),
    "split by a unit that nobody named": Bad("spec", "7:15", "by unit", "unit: COLUMN", text=changed("by: time", "by: unit")),
    "missing predictions": Bad("source.missing", "11:22", "no file vendor.csv", "mail.csv", text=WITH_VENDOR),
    "empty predictions": Bad(
        "source.empty", "11:22", "vendor.csv is empty", "header", text=WITH_VENDOR, files={"vendor.csv": b""}
    ),
    "predictions without rows": Bad(
        "recorded.type", "11:22", "does not hold numbers", "", text=WITH_VENDOR, files={"vendor.csv": b"id,score\n"}
    ),
    "NaN scores": Bad(
        "data.score", "11:", "1 score of vendor is NaN or infinite, the first at id m00399", "null score", text=WITH_VENDOR,
        files={"vendor.csv": edited(VENDOR_ROWS, score=lambda row: "nan" if row["id"] == "m00399" else row["score"])},
    ),
    "infinite scores": Bad(
        "data.score", "11:", "2 scores of vendor are NaN or infinite, the first at id m00398", "null score", text=WITH_VENDOR,
        files={"vendor.csv": edited(VENDOR_ROWS, score=lambda row: "inf" if row["id"] > "m00397" else row["score"])},
    ),
    "scores that are words": Bad(
        "recorded.type", "11:22", "gives its score in the column 'score', which does not hold numbers", "numbers only",
        text=WITH_VENDOR, files={"vendor.csv": edited(VENDOR_ROWS, score="high")},
    ),
    "predictions of ids that nobody has": Bad(
        "data.no_answers", "11:", "vendor answers none of the 280 rows", "ids are those of the examples", text=WITH_VENDOR,
        files={"vendor.csv": edited(VENDOR_ROWS, id=lambda row: f"x{row['id']}")},
    ),
    "predictions in other words than the label": Bad(
        "recorded.values", "11:22", "vendor predicts ham, spam in its column 'prediction', but spam holds 0, 1",
        "Store predictions with the values of spam", text=WITH_VENDOR, files={"vendor.csv": WORDS},
    ),
    "probabilities in place of predictions": Bad(
        "recorded.values", "11:22", "vendor predicts 0.1, 0.9", "columns: {score: score}",
        text=changed("vendor.csv,", "vendor.csv, columns: {prediction: score},", WITH_VENDOR), files={"vendor.csv": VENDOR_ROWS},
    ),
    "duplicate predictions": Bad(
        "data.duplicate_id", "11:22", "m00000 (2 times)", "Remove the repeated rows", text=WITH_VENDOR,
        files={"vendor.csv": [*VENDOR_ROWS, VENDOR_ROWS[0]]},
    ),
    "predictions without an id": Bad(
        "recorded.id", "11:22", "no column 'id' to join", "columns: {id: NAME}", text=WITH_VENDOR,
        files={"vendor.csv": [{"key": row["id"], "score": 0.5} for row in ROWS]},
    ),
    "predictions without an answer": Bad(
        "recorded.answers", "11:22", "neither a prediction nor a score", "Its columns: id, verdict", text=WITH_VENDOR,
        files={"vendor.csv": [{"id": row["id"], "verdict": 1} for row in ROWS]},
    ),
    "mapped column that does not exist": Bad(
        "recorded.column", "11:22", "maps score to 'skore'", "Did you mean 'score'?",
        text=changed("vendor.csv,", "vendor.csv, columns: {score: skore},", WITH_VENDOR), files={"vendor.csv": VENDOR_ROWS},
    ),
    "database that nobody speaks": Bad(
        "source.url", "", "no engine speaks nosuch: nosuch://me:***@host/mail", "postgresql://",
        text=changed("source: mail.csv", 'source: "nosuch://me:secret@host/mail", table: mail'),
    ),
}  # fmt: skip


@pytest.mark.parametrize("bad", TABLE.values(), ids=TABLE)
def test_bad_input_is_named_with_its_place_and_a_remedy(bad: Bad, tmp_path: Path) -> None:
    folder = bad.make(tmp_path / "shop")
    before = shop.files_of(folder)
    done = command("run", folder, "--json")
    assert 2 == done.code, done.err
    error = done.json["error"]
    assert error["code"].startswith(bad.code), error
    assert bad.message in error["message"]
    assert bad.remedy in error["remedy"]
    assert _place(error).startswith(bad.where)
    assert done.next.startswith("Next: ")
    left = shop.files_of(folder)
    left.pop("contract.yaml", None)  # of the audit, which was done by then
    assert before == left
    assert [] == list((folder / ".shipworthy" / "records").glob("*-decide-*")), "nothing may be decided"


def _place(error: Mapping[str, Any]) -> str:
    where = error["where"] or {}
    return f"{where.get('line')}:{where.get('column')}"


@pytest.mark.parametrize("name", ["missing file", "impossible bound"])
def test_people_read_the_same_on_stderr_without_a_traceback(name: str, tmp_path: Path) -> None:
    bad = TABLE[name]
    folder = bad.make(tmp_path / "shop")
    done = command("run", folder)
    assert 2 == done.code
    assert "" == done.out
    assert bad.message in done.err
    assert bad.remedy in done.err
    assert f"product.yaml:{bad.where}" in done.err
    assert "Traceback" not in done.err
    assert done.next.startswith("Next: shipworthy ")


def test_every_problem_of_a_product_is_told_at_once(tmp_path: Path) -> None:
    text = with_requirements(
        "mean(sice) <= 20", "recall >= 0.5 for every fromat", text=changed("time: time", "time: tiem")
    )
    done = command("run", shop.product_folder(tmp_path, text), "--json")
    found = [done.json["error"], *done.json["more"]]
    assert ["'tiem'", "'sice'", "'fromat'"] == [each["message"].rpartition(" ")[2] for each in found]


UNDECIDED = {
    "a slice without rows": (
        with_requirements("recall >= 0.5 where format = rich"), ROWS, "no test row counts for recall where format = rich",
    ),
    "groups of an all-null column": (
        with_requirements("gap(recall, size) <= 0.2"), edited(ROWS, size=""), "only the group (missing)",
    ),
    "no positive test row": (
        with_requirements("recall >= 0.5"),
        edited(ROWS, spam=lambda row: row["spam"] if row["id"] < "m00150" else 0),
        "no test row counts for recall",
    ),
}  # fmt: skip


@pytest.mark.slow  # whole products, some seconds each
@pytest.mark.parametrize(("text", "rows", "reason"), UNDECIDED.values(), ids=UNDECIDED)
def test_what_cannot_be_measured_is_undecided_and_says_why(text, rows, reason, tmp_path):
    done = command("run", shop.product_folder(tmp_path, text, rows), "--json")
    assert 3 == done.code, done.err
    verdicts = [each for each in done.json["verdicts"] if each["candidate"] == "keywords"]
    assert ["undecided"] == [each["verdict"] for each in verdicts]
    assert reason in verdicts[0]["reason"]
    assert "not_yet" == done.json["decision"]["answer"]
    assert done.next.startswith("Next: shipworthy evaluate --why ")


@pytest.mark.parametrize(
    ("verb", "ending"), [("run", "skops"), ("evaluate", "skops"), ("train", "skops"), ("run", "json")]
)
def test_a_corrupted_model_file_stops_every_verb_that_rests_on_it(kept: Path, verb: str, ending: str) -> None:
    model = next((kept / ".shipworthy" / "models").glob(f"*.{ending}"))
    model.write_bytes(model.read_bytes()[:-40] + b"x" * 40)
    done = command(verb, kept, "--json")
    assert 2 == done.code
    assert "model.corrupt" == done.json["error"]["code"]
    assert str(model.stem) in done.json["error"]["where"]["file"]
    assert "Delete the files of this version" in done.json["error"]["remedy"]
    assert f"Next: shipworthy train {kept}" == done.next
    assert model.read_bytes().endswith(b"x" * 40), "nothing is overwritten"


@pytest.mark.parametrize("ending", ["skops", "json"])
def test_a_deleted_model_file_is_trained_again(kept: Path, ending: str) -> None:
    next((kept / ".shipworthy" / "models").glob(f"*.{ending}")).unlink()
    done = command("train", kept, "--json")
    assert 0 == done.code
    assert [False] == [each["fresh"] for each in done.json["trained"]]
    assert 0 == command("evaluate", kept).code


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text.replace('"met"', '"missed"', 1), "record.altered"),
        (lambda text: text[: len(text) // 2], "record.corrupt"),
        (lambda text: "", "record.corrupt"),
    ],
    ids=["changed", "cut", "emptied"],
)
@pytest.mark.parametrize("verb", ["run", "document", "records"])
def test_a_corrupted_record_file_is_refused_and_left_alone(
    kept: Path, verb: str, spoil: Callable[[str], str], code: str
) -> None:
    record = max((kept / ".shipworthy" / "records").glob("*-decide-*.json"))
    record.write_text(spoil(record.read_text(encoding="utf-8")), encoding="utf-8")
    spoilt = record.read_bytes()
    done = command(verb, kept, "--json")
    assert 2 == done.code
    assert code == done.json["error"]["code"]
    assert record.name in done.json["error"]["where"]["file"]
    assert "restore the file from a backup" in done.json["error"]["remedy"]
    assert f"Next: shipworthy records {kept}" == done.next
    assert spoilt == record.read_bytes()


def test_a_corrupted_log_is_named_with_what_to_do(kept: Path) -> None:
    log = next((kept / ".shipworthy" / "logs").glob("keywords-*.parquet"))
    log.write_bytes(b"PAR1 and then nothing")
    done = command("evaluate", kept, "--json")
    assert 2 == done.code
    assert log.name in done.json["error"]["message"]
    assert "Delete it" in done.json["error"]["remedy"]
    log.unlink()
    assert 0 == command("evaluate", kept).code
