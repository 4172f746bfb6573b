"""The page on architecture is true, and the page on the mission is complete."""

import re
import tomllib

from scripts.pages.markdown import DOCS, ROOT, tables
from scripts.pages.reference import verbs

MISSION = (DOCS / "mission.md").read_text(encoding="utf-8")


def layers():
    """The floors of the house, from the contract that import-linter checks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = [each for each in project["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    return [sorted(floor.split(" | ")) for floor in contract["layers"]]


def floors():
    table = tables((DOCS / "architecture.md").read_text(encoding="utf-8"))[0]
    return [sorted(re.findall(r"`(\w+)`", row[1])) for row in table[1:]]


def rows():
    return [row for table in tables(MISSION) for row in table[1:]]


def test_the_floors_of_the_page_are_those_of_the_contract():
    assert layers() == floors()


def test_the_rooms_of_the_page_are_the_folders_of_the_source():
    source = ROOT / "src" / "shipworthy"
    folders = {path.parent.name for path in source.glob("*/__init__.py")}
    modules = {path.stem for path in source.glob("*.py")} - {"__init__", "__main__"}
    assert folders | modules == {room for floor in floors() for room in floor}


def test_the_mission_has_its_80_rows_in_order():
    assert [f"R{number:02}" for number in range(1, 81)] == [row[0] for row in rows()]


def test_every_row_names_a_command_or_says_not_yet():
    for number, _, today in rows():
        commands = re.findall(r"`shipworthy (\w+)", today)
        assert set(commands) <= set(verbs()), number
        assert commands or today.startswith("*not yet*"), number
        assert "partly" not in today or "shipworthy" in today, number


def test_every_verb_is_in_the_table_of_exit_codes_or_among_the_others():
    text = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    assert all(f"## {verb}" in text for verb in verbs())
