"""A Spark that cannot be reached is told with what to do; none is needed for that."""

from __future__ import annotations

from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest

from shipworthy.errors import InputError, OutsideError
from shipworthy.query import spark
from shipworthy.query.engine import remote_engine, without_password
from shipworthy.query.spark import missing_extra


@pytest.mark.parametrize("url", ["spark://127.0.0.1:1", "sc://127.0.0.1:1/;token=s3cret"])
def test_a_cluster_that_does_not_answer_is_told_at_once_without_the_token(url):
    with pytest.raises(OutsideError) as caught:
        remote_engine(url)
    assert "engine.unreachable" == caught.value.problem.code
    assert "s3cret" not in str(caught.value)
    assert "Spark Connect server runs" in caught.value.problem.remedy
    assert "s3cret" not in without_password(url)


class NoSpark(BaseRequestHandler):
    """Speaks of something else, as whatever else listens at a wrong port does."""

    def handle(self):
        """Answer once, and hang up."""
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_a_server_that_is_no_spark_connect_is_told_before_patience_ends(monkeypatch):
    monkeypatch.setattr(spark, "TRIES", 1)
    with ThreadingTCPServer(("127.0.0.1", 0), NoSpark) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        url = f"sc://127.0.0.1:{server.server_address[1]}"
        with pytest.raises(OutsideError, match=f"{url} does not answer: .*HTTP/2") as caught:
            remote_engine(url)
        server.shutdown()
    assert "engine.unreachable" == caught.value.problem.code
    assert "Check that it is Spark 4.0 or newer" in caught.value.problem.remedy


def test_a_master_without_java_is_told_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(InputError, match="openjdk-17-jre-headless"):
        remote_engine("spark://127.0.0.1:7077")


@pytest.mark.parametrize(
    ("scheme", "there", "extra"),
    [
        ("sc", (), "spark"),
        ("spark", (), "spark-local"),
        ("spark", ("pyspark", "grpc"), "spark-local"),
        ("sc", ("pyspark", "py4j"), "spark-local"),
        ("sc", ("pyspark", "grpc"), ""),
        ("spark", ("pyspark", "py4j"), ""),
    ],
)
def test_a_missing_driver_is_named_with_its_extra(scheme, there, extra):
    assert extra == missing_extra(scheme, there)
