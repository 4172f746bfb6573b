"""Run a page: its console and Python blocks, in a folder of its own.

Each page runs once per shelf, whoever asks; a page that goes on from another begins in a copy of its folder.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from scripts.pages.markdown import ROOT, Block, Hidden, base_of, blocks, parts
from scripts.pages.session import MARK

SHOWN_HOME = "/home/you"
_PROGRESS = re.compile(r"^… .*\n?", re.MULTILINE)
_CHANGING = (
    (re.compile(r"\d{8}T\d{6}\.\d{6}Z-([a-z]+)-[0-9a-f]{8}"), r"TIME-\1-HASH"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z"), "TIME"),
    (re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{16}\b"), "HASH"),
    (re.compile(r"\bibis_\w+_[a-z0-9]{26}\b"), "TABLE"),
    (re.compile(r"[\d.,]+ ms \([\d.,]+ to [\d.,]+\)"), "LATENCY"),
    (re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d"), "DATE"),
)


@dataclass(frozen=True)
class Outcome:
    """What a page's blocks print, by the line in which the block begins, and the folder that the page ends in."""

    shown: dict[int, str]
    home: Path


def outcome(page: Path, shelf: Path) -> Outcome:
    """Run a page, unless this shelf has its outcome already."""
    place = shelf / re.sub(r"\W+", "-", page.relative_to(ROOT).as_posix())
    with _alone(place):
        kept, home = place / "outcome.json", place / "home"
        if not kept.exists():
            text = page.read_text(encoding="utf-8")
            base = base_of(text)
            if base:
                shutil.copytree(outcome(ROOT / base, shelf).home, home)
            else:
                home.mkdir()
            kept.write_text(json.dumps(_run(text, home)), encoding="utf-8")
        return Outcome({int(at): shown for at, shown in json.loads(kept.read_text()).items()}, home)


def essence(text: str) -> str:
    """The text without what differs between two runs: times, hashes, latencies, and where lines break."""
    text = " ".join(text.split())
    for pattern, name in _CHANGING:
        text = pattern.sub(name, text)
    return text


def is_run(text: str) -> bool:
    """Whether a page has something to run."""
    return any(block.language in ("console", "python") for block in blocks(text))


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold a place so that several test processes run a page once."""
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(text: str, home: Path) -> dict[int, str]:
    """What each block of the page prints."""
    steps: list[tuple[str, str]] = []
    for part in parts(text):
        if isinstance(part, Hidden):
            steps.append(("hidden", part.command))
        elif part.file:
            steps.append(("hidden", f"printf '%s\\n' {shlex.quote(part.text)} > {shlex.quote(part.file)}"))
        elif part.language == "console":
            steps += [("command", command) for command in _commands(part)]
        elif part.language == "python":
            steps.append(("program", part.text))
    printed = iter(_printed(steps, home))
    shown: dict[int, str] = {}
    for block, after in pairwise([*blocks(text), None]):
        if block is not None and block.language == "console":
            answers = [f"$ {command}\n{next(printed)}".rstrip() for command in _commands(block)]
            shown[block.first] = "\n".join(answers)
        elif block is not None and block.language == "python":
            answer = next(printed)
            if after is not None and after.language == "text":
                shown[after.first] = answer
    return shown


def _commands(block: Block) -> list[str]:
    return [line[2:] for line in block.lines if line.startswith("$ ")]


def _printed(steps: list[tuple[str, str]], home: Path) -> list[str]:
    """What each step prints to either stream, as a terminal shows it, without progress."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT),
        "COLUMNS": "88", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "scripts.pages.session"],
        cwd=home,
        env=environment,
        input=json.dumps(steps),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    text = done.stdout.replace(str(home.resolve()), SHOWN_HOME).replace(str(home), SHOWN_HOME)
    if done.returncode or "Traceback (most recent call last)" in text:
        raise RuntimeError(f"a page does not run: {text[-2000:]}")
    _, *answers = _PROGRESS.sub("", text).split(f"{MARK}\n")
    return ["\n".join(line.rstrip() for line in answer.split("\n")).strip("\n") for answer in answers]
