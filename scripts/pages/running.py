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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from scripts.pages.markdown import ROOT, Block, Hidden, base_of, blocks, parts
from scripts.pages.session import MARK

SHOWN_HOME = "/home/you"
_PROGRESS = re.compile(r"^… .*\n?", re.MULTILINE)
_CHANGING = (
    (re.compile(r"\d{8}T\d{6}\.\d{6}Z-([a-z]+)-[0-9a-f]{8}"), r"TIME-\1-HASH"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC"), "MINUTE"),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+Z|(?=\"))"), "TIME"),
    (re.compile(r"(today,|--revisit|forecast of) \d{4}-\d\d-\d\d"), r"\1 DAY"),
    (re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{16}\b"), "HASH"),
    (re.compile(r"\bibis_\w+_[a-z0-9]{26}\b"), "TABLE"),
    (re.compile(r"[\d.,]+ ms \([\d.,]+ to [\d.,]+\)"), "LATENCY"),
    (re.compile(r"[+−]?[\d.,]+ ms\b"), "LATENCY"),
    (re.compile(r"(champion, )?(on the front|dominated by \w+)( ≈)?"), "PLACE"),
    (re.compile(r"≈ in quality not separable from .*? may be chance "), ""),
    (re.compile(r"[✓✗?=] (better|worse|undecided) (?=mean\(latency_ms\))"), "VERDICT "),
    (re.compile(r"[\d.,]+ days, and"), "AGE, and"),
    (re.compile(r"\d+ years ago"), "AGE ago"),
    (re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d"), "DATE"),
)


Run = Callable[[Sequence[tuple[str, str]], Path], str]
"""Runs steps in a folder, and gives what they print."""


@dataclass(frozen=True)
class Outcome:
    """What a page's blocks print, by the line in which the block begins, and the folder that the page ends in."""

    shown: dict[int, str]
    home: Path


@contextmanager
def running() -> Iterator[Run]:
    """A process that runs pages, with the libraries loaded once."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "COLUMNS": "88", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "scripts.pages.session"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, encoding="utf-8") as session:  # noqa: S603 - our own
        yield partial(_told, session)


def _told(session: subprocess.Popen[str], steps: Sequence[tuple[str, str]], home: Path) -> str:
    """What the steps print when the session runs them in this folder."""
    if session.stdin is None or session.stdout is None:
        raise RuntimeError("the session has no pipes")
    shown = home.resolve().with_name("shown")
    print(
        json.dumps({"steps": steps, "home": str(home), "shown": str(shown)}), file=session.stdin, flush=True
    )
    code, text = session.stdout.readline().strip(), shown.read_text(encoding="utf-8")
    if code != "0" or "Traceback (most recent call last)" in text:
        raise RuntimeError(f"a page does not run ({code}): {text[-2000:]}")
    return text


def outcome(page: Path, shelf: Path, run: Run) -> Outcome:
    """Run a page, unless this shelf has its outcome already."""
    place = shelf / re.sub(r"\W+", "-", page.relative_to(ROOT).as_posix())
    with _alone(place):
        kept, home = place / "outcome.json", place / "home"
        if not kept.exists():
            text = page.read_text(encoding="utf-8")
            base = base_of(text)
            if base:
                shutil.copytree(outcome(ROOT / base, shelf, run).home, home)
            else:
                home.mkdir()
            kept.write_text(json.dumps(_shown(text, home, run)), encoding="utf-8")
        return Outcome({int(at): shown for at, shown in json.loads(kept.read_text()).items()}, home)


def essence(text: str) -> str:
    """The text without what differs between two runs: times, hashes, latencies and what follows from them, and where lines break."""
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


def _shown(text: str, home: Path, run: Run) -> dict[int, str]:
    """What each block of the page prints."""
    printed = iter(_answers(run(list(_steps(text)), home), home))
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


def _steps(text: str) -> Iterator[tuple[str, str]]:
    for part in parts(text):
        if isinstance(part, Hidden):
            yield "hidden", part.command
        elif part.file:
            yield "hidden", f"printf '%s\\n' {shlex.quote(part.text)} > {shlex.quote(part.file)}"
        elif part.language == "console":
            yield from (("command", command) for command in _commands(part))
        elif part.language == "python":
            yield "program", part.text


def _answers(text: str, home: Path) -> list[str]:
    """What each step printed, without progress, with a plain home in the place of this one."""
    text = text.replace(str(home.resolve()), SHOWN_HOME).replace(str(home), SHOWN_HOME)
    _, *answers = _PROGRESS.sub("", text).split(f"{MARK}\n")
    return ["\n".join(line.rstrip() for line in answer.split("\n")).strip("\n") for answer in answers]
