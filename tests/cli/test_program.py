"""The program as a shell sees it: it starts fast, stops when told to, and survives being killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shipworthy.workbench.version import CODE_VERSION
from tests.cli.command import PROGRAM, command, program
from tests.workbench import shop
from tests.workbench.shop import LOGISTIC, with_candidates

HEAVY = ("ibis", "duckdb", "pyarrow", "sklearn", "scipy", "pandas", "altair", "jinja2")
SLOW = "  boosted: {train: gradient_boosting, tune: 300 trials}\n"


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["run", "--help"], ["completion", "bash"]])
def test_what_needs_no_data_starts_without_heavy_libraries(arguments):
    code = f"import sys; sys.argv[1:] = {arguments!r}\nfrom shipworthy.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert not end.code\nprint(*{{name.split('.')[0] for name in sys.modules}}, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert set() == set(done.stderr.split()) & set(HEAVY)
    assert done.stdout


def test_the_version_is_told():
    assert f"shipworthy {CODE_VERSION}\n" == program("--version").out


def test_help_lists_every_verb():
    told = program("--help").out
    for verb in ("new", "check", "train", "evaluate", "decide", "document", "run", "metrics", "records"):
        assert f"\n  {verb}" in told or f" {verb} " in told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_understood_by_its_shell(shell, tmp_path):
    script = command("completion", shell).out
    assert "shipworthy" in script
    assert "evaluate" in script
    if found := shutil.which(shell):
        (tmp_path / "script").write_text(script, encoding="utf-8")
        checked = subprocess.run(
            [found, "-n", str(tmp_path / "script")], check=False, capture_output=True, text=True
        )
        assert (0, "") == (checked.returncode, checked.stderr)


def test_what_is_printed_into_a_pipe_is_utf8_whatever_the_locale(tmp_path):
    folder = shop.product_folder(tmp_path)
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": ""}
    done = subprocess.run(
        [*PROGRAM, "check", str(folder)], check=False, capture_output=True, env=environment, timeout=120
    )
    assert 0 == done.returncode, done.stderr
    assert "✓ The product fits its data" in done.stdout.decode()


def test_a_closed_pipe_is_no_error(kept):
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{sys.executable}' -c '{PROGRAM[2]}' metrics | head -1 > /dev/null"],
        check=False, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr


def started(folder: Path, until: str) -> subprocess.Popen[str]:
    """A run that has reached a step of its progress."""
    process = subprocess.Popen(
        [*PROGRAM, "run", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for line in process.stderr:
        if until in line:
            return process
    raise AssertionError(f"the run ended before {until!r}")


@pytest.fixture
def slow(tmp_path: Path) -> Path:
    """A product whose second model takes long to train."""
    return shop.product_folder(tmp_path / "shop", with_candidates(LOGISTIC, SLOW))


def quickened(folder: Path) -> Path:
    """The product without the model that takes long."""
    (folder / "product.yaml").write_text(with_candidates(LOGISTIC), encoding="utf-8")
    return folder


def whole(folder: Path) -> bool:
    """Whether every record, model and log that has its name is complete."""
    kept = folder / ".shipworthy"
    for record in kept.glob("records/*.json"):
        json.loads(record.read_text(encoding="utf-8"))
    for log in kept.glob("logs/*.parquet"):
        pq.read_table(log)
    return True


def test_ctrl_c_in_the_middle_of_a_run_keeps_what_is_finished(slow):
    process = started(slow, "training boosted")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert 130 == process.returncode, err
    assert "" == out
    assert "Traceback" not in err
    assert "Stopped. What was finished is kept." in err
    assert f"Next: shipworthy run {slow}" == err.splitlines()[-1]
    assert whole(slow)
    done = command("run", quickened(slow))
    assert 0 == done.code
    assert "the model of logistic is fresh" in done.err


@pytest.mark.slow  # Ctrl-C, above, and the kill of a chat's evaluation are tried each time
def test_a_killed_run_leaves_nothing_half_written_and_the_next_one_completes(slow):
    process = started(slow, "training boosted")
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert whole(slow)
    assert ["audit", "train"] == [each["verb"] for each in command("records", slow, "--json").json["records"]]
    assert 0 == command("run", quickened(slow)).code


@pytest.mark.slow
@pytest.mark.parametrize("step", ["answering with keywords", "counting keywords", "writing the memo"])
def test_a_run_that_is_killed_at_any_step_can_be_taken_up(tmp_path, step):
    folder = shop.product_folder(tmp_path / "shop")
    process = started(folder, step)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert whole(folder)
    assert 0 == command("run", folder).code
    assert {"audit", "decide", "evaluate"} == {
        each["verb"] for each in command("records", folder, "--json").json["records"]
    }


@pytest.mark.slow
def test_two_runs_at_once_do_not_harm_each_other(tmp_path):
    folder = shop.product_folder(tmp_path / "shop")
    both = [
        subprocess.Popen(
            [*PROGRAM, "run", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ended = [(process.communicate(timeout=120), process.returncode) for process in both]
    assert [0, 0] == [code for _, code in ended], ended
    assert whole(folder)
