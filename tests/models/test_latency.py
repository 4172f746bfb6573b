"""Latency is what one row takes, warm, and the measurement itself costs next to nothing."""

from __future__ import annotations

import gc
import time

import numpy as np
import pytest

from shipworthy.models.latency import measure_ms, single_row_latency
from shipworthy.models.training import train
from tests.models.mail import BOOSTED, LOGISTIC, labels, mail


def test_each_row_is_measured_once_in_order_after_the_warm_up():
    calls: list[int] = []
    spent = measure_ms(calls.append, 3, warmup=4)
    assert [0, 1, 2, 0, 0, 1, 2] == calls
    assert (3,) == spent.shape


def test_milliseconds_are_milliseconds():
    spent = measure_ms(lambda row: time.sleep(0.002 * (row + 1)), 3, warmup=0)
    assert (spent >= [2, 4, 6]).all()
    assert np.median(measure_ms(lambda _: None, 1000)) < 0.05


def test_no_rows_take_no_time():
    assert (0,) == measure_ms(lambda _: pytest.fail("called"), 0).shape


def test_the_collector_is_left_as_it_was_found():
    measure_ms(lambda _: None, 2)
    assert gc.isenabled()


@pytest.mark.parametrize(("candidate", "limit_ms"), [(LOGISTIC, 30), (BOOSTED, 60)])
def test_one_row_is_answered_fast_with_all_roles_and_much_room_for_slow_machines(candidate, limit_ms):
    table = mail()
    model = train(candidate, table, labels(table), exclude=["spam"], seed=0)
    spent = single_row_latency(model, table, 60)
    assert (60,) == spent.shape
    assert np.median(spent) < limit_ms
