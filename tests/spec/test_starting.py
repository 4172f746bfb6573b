from __future__ import annotations

import json
import re
import shutil
import subprocess
from importlib.resources import files

import jsonschema
import pytest

from shipworthy.errors import InputError, OutsideError
from shipworthy.spec.reading import load_product, read_product
from shipworthy.spec.schema import product_schema
from shipworthy.spec.starting import create_product, create_product_from, templates
from shipworthy.spec.tree import read_tree
from tests.spec.product_files import SMALL


def template_text(name):
    return (files("shipworthy.spec") / "templates" / name / "product.yaml").read_text()


def test_there_is_a_blank_template():
    assert "blank" in templates()


@pytest.mark.parametrize("name", templates())
def test_a_new_product_reads_and_has_its_data(tmp_path, name):
    written = create_product(tmp_path / "shop" / "mine", name)

    product = load_product(tmp_path / "shop" / "mine")
    assert tmp_path / "shop" / "mine" / "product.yaml" == written[0]
    assert all(path.is_file() for path in written)
    assert (tmp_path / "shop" / "mine" / product.data.examples.source).is_file()


def test_a_new_product_may_be_given_a_name(tmp_path):
    create_product(tmp_path / "mine", "blank", name="Ticket: sorter")

    assert "Ticket: sorter" == load_product(tmp_path / "mine").product


def test_the_first_line_leads_editors_to_a_schema_that_is_there(tmp_path):
    create_product(tmp_path, "blank")

    first, *rest = (tmp_path / "product.yaml").read_text().splitlines()
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert product_schema() == json.loads((tmp_path / found[1]).read_text())
    assert not any("yaml-language-server" in line for line in rest)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_keeps_the_records_and_the_schema_and_nothing_else_of_the_workspace(tmp_path):
    create_product(tmp_path, "blank")
    for path in ("records/a.json", "models/m.skops", "store.db"):
        (tmp_path / ".shipworthy" / path).parent.mkdir(exist_ok=True)
        (tmp_path / ".shipworthy" / path).write_text("x")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    listed = subprocess.run(
        ["git", "-C", str(tmp_path), "ls-files", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()

    assert {
        ".gitignore",
        ".shipworthy/product.schema.json",
        ".shipworthy/records/a.json",
        "data/examples.csv",
        "product.yaml",
    } == set(listed)


def test_a_folder_that_holds_anything_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(InputError, match="is not empty") as caught:
        create_product(tmp_path, "blank")

    assert "new.folder_in_use" == caught.value.problem.code
    assert ["notes.txt"] == [path.name for path in tmp_path.iterdir()]


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("x")

    with pytest.raises(InputError, match="is a file"):
        create_product(tmp_path / "mine", "blank")


def test_an_unknown_template_is_met_with_the_nearest_one(tmp_path):
    with pytest.raises(InputError, match="Did you mean 'blank'"):
        create_product(tmp_path / "mine", "blanc")

    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("name", ["../blank", "", ".", "blank/data"])
def test_a_template_is_a_name_and_no_path(tmp_path, name):
    with pytest.raises(InputError):
        create_product(tmp_path / "mine", name)


def test_a_disk_that_refuses_is_an_outside_error(tmp_path):
    (tmp_path / "file").write_text("x")

    with pytest.raises(OutsideError, match="cannot be written"):
        create_product(tmp_path / "file" / "mine", "blank")


def test_a_product_can_be_laid_out_around_a_text(tmp_path):
    create_product_from(tmp_path, SMALL, {"data/notes.txt": b"x"})

    assert read_product(SMALL, "p") == load_product(tmp_path)
    assert b"x" == (tmp_path / "data" / "notes.txt").read_bytes()


def test_every_line_of_the_blank_template_that_is_switched_off_is_valid_once_switched_on():
    first, rest = template_text("blank").split("\n", 1)
    switched_on = re.sub(r"(?m)^( *)# (?!#)", r"\1", rest)

    product = read_product(switched_on, "p")

    assert first.startswith("# yaml-language-server")
    assert switched_on.count("\n#") == switched_on.count("\n##")
    assert set(type(product).model_fields) == product.model_fields_set
    assert [] == list(
        jsonschema.Draft202012Validator(product_schema()).iter_errors(read_tree(switched_on, "p").data)
    )


def test_the_blank_template_explains_every_section():
    lines = template_text("blank").splitlines()
    explained = {
        re.match(r"(?:# )?(\w+):", lines[n])[1]  # type: ignore[index]  # no match is a failure of the test
        for n in range(1, len(lines))
        if lines[n - 1].startswith("##") and re.match(r"(?:# )?\w+:", lines[n])
    }

    assert {
        "product", "problem", "predicts", "action", "value", "data", "segments", "protected", "candidates",
        "metrics", "grade", "misuse", "stability", "requirements", "labels", "compare", "explain", "frame", "monitor", "launch", "build_or_buy", "roadmap",
        "risks", "ethics", "triage",
    } == explained  # fmt: skip
