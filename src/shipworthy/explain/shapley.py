"""What each column contributes to one answer, beside the answers to background rows: Shapley values.

The contribution of a column is the mean change of the answer when it takes the row's value, over all orders in which
columns may do so and over all background rows (Shapley 1953; Štrumbelj and Kononenko 2014). They add up to the answer
less the mean answer to the background.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shipworthy.explain.blend import Floats, Ints, Predict, whole


@dataclass(frozen=True, eq=False)
class Contributions:
    """One contribution per column (p,) with its standard error, 0 where exact; `value` - `base` is their sum."""

    each: Floats
    errors: Floats
    value: float
    base: float


def linear(parts: Floats, row: Ints, background: Ints, constant: float) -> Contributions:
    """Exact contributions to a sum of one part per column, such as the log-odds of a logistic regression.

    Args:
        parts: (N, p) what each column of each row of the pool adds.
        row: (p,) the origin of the row.
        background: rows of the pool.
        constant: what is added whatever the row.
    """
    own = parts[row, np.arange(parts.shape[1])]
    middle = parts[background].mean(axis=0)
    value, base = float(own.sum()) + constant, float(middle.sum()) + constant
    return Contributions(own - middle, np.zeros(len(own)), value, base)


def sampled(predict: Predict, row: Ints, background: Ints, *, seed: int = 0) -> Contributions:
    """Contributions by two orders for each background row: a random one, and the same backwards.

    Orders that mirror each other cancel much of the noise (Mitchell and others 2022), and as each background row is
    used alike, the contributions add up exactly. The standard error is that of the mean over background rows.

    Args:
        predict: the model.
        row: (p,) the origin of the row.
        background: rows of the pool.
        seed: of the orders.
    """
    columns, rng = len(row), np.random.default_rng(seed)
    orders = np.argsort(rng.random((len(background), columns)), axis=1)
    both = np.stack([orders, orders[:, ::-1]], axis=1)  # (m, 2, p)
    answers = predict(_walks(row, background, both)).reshape(len(background), 2, columns + 1)
    steps = np.zeros((len(background), 2, columns))
    np.put_along_axis(steps, both, np.diff(answers, axis=2), axis=2)
    pairs = steps.mean(axis=1)
    count = len(background)
    errors = pairs.std(axis=0, ddof=1) / np.sqrt(count) if count > 1 else np.full(columns, np.inf)
    return Contributions(pairs.mean(axis=0), errors, float(answers[0, 0, -1]), float(answers[:, 0, 0].mean()))


def _walks(row: Ints, background: Ints, orders: Ints) -> Ints:
    """The rows from each background row to the row itself, one column after the other in each order (m * 2 * (p + 1), p)."""
    count, ways, columns = orders.shape
    rank = np.argsort(orders, axis=2)[:, :, None, :]
    taken = rank < np.arange(columns + 1)[:, None]  # (m, 2, p + 1, p)
    start = whole(background, columns)[:, None, None, :]
    return np.where(taken, row, start).reshape(count * ways * (columns + 1), columns)
