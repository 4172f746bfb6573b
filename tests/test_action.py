"""The GitHub Action installs Shipworthy and runs its gate; its shell is run here as a runner would."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import shipworthy as sw
from tests.workbench import shop
from tests.workbench.shop import changed

ROOT = Path(__file__).resolve().parents[1]
ACTION = YAML(typ="safe").load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = ACTION["runs"]["steps"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed product, and a program of the name that the action runs."""
    root = tmp_path_factory.mktemp("action")
    folder = shop.product_folder(root / "my shop")
    sw.decide(sw.open(folder))
    sw.sign(sw.open(folder), "Ana Lima")
    program = root / "bin" / "shipworthy"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from shipworthy.cli import main; main()" "$@"\n', "utf-8"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return root


def gate(root, **inputs):
    """Run the step of the gate: its exit code, what it printed, its outputs, the job's summary."""
    [step] = [each for each in STEPS if each.get("id") == "gate"]
    defaults = {name.upper(): each["default"] for name, each in ACTION["inputs"].items()}
    files = {"GITHUB_OUTPUT": root / "outputs", "GITHUB_STEP_SUMMARY": root / "summary.md"}
    for file in files.values():
        file.write_text("", encoding="utf-8")
    environment = {
        **os.environ,
        "PATH": f"{root / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(root),
        "GITHUB_WORKSPACE": str(root),
        **{name: str(file) for name, file in files.items()},
        **{name: defaults[name] for name in step["env"]},
        **{name.upper(): value for name, value in inputs.items()},
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        check=False, cwd=root, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
    return (
        done.returncode,
        done.stdout + done.stderr,
        outputs,
        files["GITHUB_STEP_SUMMARY"].read_text("utf-8"),
    )


def edited(root, old, new):
    file = root / "my shop" / "product.yaml"
    file.write_text(changed(old, new, file.read_text(encoding="utf-8")), encoding="utf-8")


def test_the_action_is_composite_and_every_input_is_explained_and_used():
    assert "composite" == ACTION["runs"]["using"]
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name, given in ACTION["inputs"].items():
        assert given["description"].endswith(".")
        assert isinstance(given["default"], str)
        assert f"inputs.{name} " in text
    assert {"product", "margin", "python-version", "extras"} <= {*ACTION["inputs"]}


def test_what_a_person_writes_reaches_the_shell_by_the_environment_alone():
    assert all("${{" not in step.get("run", "") for step in STEPS)


def test_the_steps_set_up_python_install_and_run_the_gate():
    assert STEPS[0]["uses"].startswith("actions/setup-python@")
    assert "pip install" in STEPS[1]["run"]
    assert "shipworthy gate" in STEPS[2]["run"]
    assert all(step["shell"] == "bash" for step in STEPS[1:])


@pytest.mark.parametrize(
    ("extras", "version", "expected"),
    [
        ("", "", "shipworthy"),
        ("postgres,chat", "", "shipworthy[postgres,chat]"),
        ("chat", "==0.1.0", "shipworthy[chat]==0.1.0"),
    ],
)
def test_the_package_is_named_with_its_extras_and_version(extras, version, expected):
    shell = STEPS[1]["run"].replace("python -m pip install --quiet", "echo")
    environment = {**os.environ, "EXTRAS": extras, "VERSION": version}
    done = subprocess.run(["bash", "-c", shell], check=True, env=environment, capture_output=True, text=True)
    assert expected == done.stdout.strip()


def test_the_step_passes_with_its_outputs_and_a_summary(made):
    code, said, outputs, summary = gate(made, product="my shop", margin="0.02\nrecall=0.05")
    assert (0, "0") == (code, outputs["code"]), said
    assert Path(outputs["junit"]).read_text("utf-8").startswith("<?xml")
    assert summary.startswith("### Mail shield passes the gate")
    assert "margin 0.05" in said


@pytest.mark.slow  # a whole product, and its kin prove the rest
def test_the_step_fails_as_the_gate_does_and_an_undecided_one_may_pass(made, tmp_path):
    root = Path(shutil.copytree(made, tmp_path / "root"))
    edited(root, "false_positive_rate <= 30 %", "false_positive_rate <= 40 %")
    code, said, outputs, _ = gate(root, product="my shop")
    assert (3, "3", True) == (code, outputs["code"], "::warning file=my shop/product.yaml" in said)
    assert 0 == gate(root, product="my shop", undecided="pass")[0]
    code, said, outputs, _ = gate(root, product="nowhere", undecided="pass")
    assert (2, "2", True) == (code, outputs["code"], "shipworthy new NAME" in said)
