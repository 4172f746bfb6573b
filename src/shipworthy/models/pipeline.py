"""Features and options as a scikit-learn pipeline of two steps, `prepare` and `model`, that a reader can see.

`prepare` works on the array of `matrix`, by position:

|            | logistic_regression, linear_regression        | gradient_boosting                              |
|------------|-----------------------------------------------|------------------------------------------------|
| numbers    | median where unknown, a flag for it, scaled   | as they are; unknown goes to its own side      |
| categories | one column per value, rare ones together      | native categories, rare ones together          |
| texts      | TF-IDF of words and pairs of words            | the same, projected on 32 directions           |

Booleans and the parts of dates are numbers. A value never seen in training counts as rare, else as unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shipworthy.models.algorithms import Option, check_kind, check_options
from shipworthy.models.features import Feature
from shipworthy.models.matrix import columns_of
from shipworthy.spec.kinds import Kind

TEXT_DIRECTIONS = 32
_MOST_CATEGORIES = 100
_MOST_TERMS = 20_000
_RARE_BELOW = 5


def pipeline(
    algorithm: str,
    features: Sequence[Feature],
    options: Mapping[str, Option],
    seed: int,
    kind: Kind = "binary",
) -> Any:
    """A new, unfitted `sklearn.pipeline.Pipeline`.

    Args:
        algorithm: a name of `algorithms.ALGORITHMS`.
        features: as planned; their order is the order of the columns.
        options: passed to the final estimator.
        seed: makes what is random in it repeatable.
        kind: of the answers that it is to learn.

    Raises:
        InputError: `model.algorithm` or `model.option`.
    """
    from sklearn.pipeline import Pipeline

    known = check_kind(algorithm, kind)
    check_options(known, options, kind)
    if known.name == "gradient_boosting":
        prepare, model = _boosted(features, seed, kind)
    else:
        prepare, model = _linear(features, seed, kind)
    return Pipeline([("prepare", prepare), ("model", model.set_params(**options))])


def probabilities(fitted: Any, array: NDArray[Any]) -> NDArray[np.float64]:
    """The probability of each class per row (rows, classes), as `fitted.predict_proba` gives it, in half the time."""
    return np.asarray(fitted["model"].predict_proba(_prepared(fitted, array)), dtype=np.float64)


def numbers(fitted: Any, array: NDArray[Any]) -> NDArray[np.float64]:
    """The predicted number per row."""
    return np.asarray(fitted["model"].predict(_prepared(fitted, array)), dtype=np.float64)


def _prepared(fitted: Any, array: NDArray[Any]) -> Any:
    """The rows as the final estimator takes them: quick for a single row.

    A ColumnTransformer prepares a queue of parallel jobs at every call, which costs one row more than the arithmetic
    does; here its fitted parts are called one after the other, and their columns laid side by side as it would.
    """
    from scipy import sparse

    parts: list[Any] = [
        array[:, columns] if isinstance(part, str) else part.transform(array[:, columns])
        for _, part, columns in fitted["prepare"].transformers_
    ]
    any_sparse = any(sparse.issparse(part) for part in parts)
    return sparse.hstack(parts, format="csr") if any_sparse else np.hstack(parts)


def _linear(features: Sequence[Feature], seed: int, kind: Kind) -> tuple[Any, Any]:
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    texts = columns_of(features, "text")
    numbers = make_pipeline(
        SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True), StandardScaler()
    )
    categories = OneHotEncoder(
        handle_unknown="infrequent_if_exist",
        min_frequency=_RARE_BELOW,
        max_categories=_MOST_CATEGORIES,
        sparse_output=bool(texts),
    )
    parts = _numbers_and_categories(features, numbers, categories)
    parts += [(f"text{position}", _words(), position) for position in texts]
    prepare = ColumnTransformer(parts, sparse_threshold=1.0 if texts else 0.0)
    if kind == "regression":
        return prepare, Ridge(solver="lsqr" if texts else "cholesky", random_state=seed)
    # Newton's method reaches the optimum itself, but needs a dense matrix with few columns.
    solver = "lbfgs" if texts else "newton-cholesky"
    model = LogisticRegression(solver=solver, max_iter=2000, random_state=seed)
    return prepare, model


def _boosted(features: Sequence[Feature], seed: int, kind: Kind) -> tuple[Any, Any]:
    from sklearn.compose import ColumnTransformer
    from sklearn.decomposition import TruncatedSVD
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OrdinalEncoder

    categories = OrdinalEncoder(
        handle_unknown="use_encoded_value",
        unknown_value=np.nan,
        encoded_missing_value=np.nan,
        min_frequency=_RARE_BELOW,
        max_categories=_MOST_CATEGORIES,
    )
    parts = _numbers_and_categories(features, "passthrough", categories)
    for position in columns_of(features, "text"):
        directions = TruncatedSVD(n_components=TEXT_DIRECTIONS, random_state=seed)
        parts.append((f"text{position}", make_pipeline(_words(), directions), position))
    native = list(range(len(columns_of(features, "category"))))
    make = HistGradientBoostingRegressor if kind == "regression" else HistGradientBoostingClassifier
    model = make(random_state=seed, categorical_features=native or None)
    return ColumnTransformer(parts, sparse_threshold=0.0), model


def _numbers_and_categories(
    features: Sequence[Feature], numbers: Any, categories: Any
) -> list[tuple[str, Any, Any]]:
    """Categories first, so that their positions after preparation are known without counting."""
    named = columns_of(features, "category")
    numeric = columns_of(features, "number", "boolean", "date")
    parts = [("categories", categories, named)] if named else []
    return [*parts, ("numbers", numbers, numeric)] if numeric else parts


def _words() -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(ngram_range=(1, 2), min_df=2, max_features=_MOST_TERMS, sublinear_tf=True)
