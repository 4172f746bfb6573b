"""What a run of benchmarks may be asked for on the command line."""

from __future__ import annotations

import argparse


def asked_of(parser: argparse.ArgumentParser) -> argparse.Namespace:
    """The arguments, with `--quick` and `--write`, which exclude each other."""
    parser.add_argument(
        "--quick", action="store_true", help="few rows: tries the machinery, says nothing of speed"
    )
    parser.add_argument(
        "--write", action="store_true", help="keep the results and write the table into the README"
    )
    asked = parser.parse_args()
    if asked.write and asked.quick:
        parser.error("--write keeps runs of full size only: leave out --quick")
    return asked
