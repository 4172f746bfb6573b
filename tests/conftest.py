"""What every test may ask for: slow simulations by choice, and real engines where they are installed."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, Any, NoReturn

import hypothesis
import pytest

from tests.engines import postgres, spark
from tests.engines.chat_endpoint import running_endpoint
from tests.engines.language_model import missing as language_model_missing
from tests.engines.language_model import running_model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.engines.chat_endpoint import Endpoint

# A busy machine is no reason to fail; in CI the same examples come every time.
hypothesis.settings.register_profile(
    "shipworthy",
    deadline=None,
    derandomize="CI" in os.environ,
    max_examples=int(os.environ.get("SHIPWORTHY_EXAMPLES", "10")),
)
hypothesis.settings.load_profile("shipworthy")

SLOW_ON_SPARK = ("test_product_spark", "test_requests", "test_own_values", "test_repeated", "test_values")
"""What takes a cluster of two small workers minutes; the contract of values and tallies always runs."""

ENGINE_NOT_FOUND = "engine not found: "


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow", action="store_true", help="run the long simulations too (or SHIPWORTHY_SLOW=1)"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests marked slow unless they were asked for; on Spark also those of whole evaluations."""
    for item in items:
        if "spark" in item.nodeid and item.path.name.startswith(SLOW_ON_SPARK):
            item.add_marker(pytest.mark.slow)
    if config.getoption("--slow") or os.environ.get("SHIPWORTHY_SLOW") == "1":
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give what shares something dear to one worker: all tests of Spark one cluster, those of a real
    language model one server, the pages of the documentation what they ran, a file of tests what it made and loaded.

    Groups of many tests begin first; the claims of tests/judge go one by one, in the end, to whoever is free.
    """
    from xdist.scheduler import LoadScopeScheduling

    class DearThingsOnce(LoadScopeScheduling):  # type: ignore[misc] # xdist ships no types
        def _split_scope(self, nodeid: str) -> str:
            if "spark" in nodeid:
                return "spark"
            if "real_model" in nodeid:
                return "real_model"
            if "fields_of_a_record" in nodeid:
                return "fields"
            if nodeid.startswith("tests/docs/test_pages"):
                return "pages"
            return nodeid if nodeid.startswith("tests/judge/") else nodeid.split("::", maxsplit=1)[0]

    return DearThingsOnce(config, log) if config.getvalue("dist") == "load" else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List each engine that was not there, with the command that installs it."""
    reasons = [str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])]
    missing = [
        reason.split(ENGINE_NOT_FOUND)[1].rstrip("')") for reason in reasons if ENGINE_NOT_FOUND in reason
    ]
    if missing:
        terminalreporter.section("engines not run")
        for engine in sorted(set(missing)):
            terminalreporter.line(f"{engine} ({missing.count(engine)} tests not run)")


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a throw-away PostgreSQL database; the whole server goes at the end of the run."""
    binaries = postgres.binaries()
    if binaries is None:
        report_missing_engine("PostgreSQL: apt-get install postgresql")
    with postgres.running_server(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def spark_cluster() -> Iterator[spark.Cluster]:
    """A throw-away Spark cluster; tests that ask for it have `spark` in their name."""
    missing = spark.missing()
    if missing:
        report_missing_engine(missing)
    with spark.running_cluster() as cluster, pytest.MonkeyPatch.context() as environment:
        for name, value in cluster.environment.items():
            environment.setenv(name, value)
        yield cluster


@pytest.fixture(scope="session")
def language_model() -> Iterator[str]:
    """The address of a real, small language model; tests that ask for it have `real_model` in their name."""
    missing = language_model_missing()
    if missing:
        report_missing_engine(missing)
    with running_model() as base_url:
        yield base_url


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """An endpoint that answers by rule and fails on request."""
    with running_endpoint() as endpoint:
        yield endpoint


def report_missing_engine(advice: str) -> NoReturn:
    """Skip the test, or fail it where SHIPWORTHY_REQUIRE_ENGINES=1 says that every engine must be there."""
    if os.environ.get("SHIPWORTHY_REQUIRE_ENGINES") == "1":
        pytest.fail(ENGINE_NOT_FOUND + advice, pytrace=False)
    pytest.skip(ENGINE_NOT_FOUND + advice)
