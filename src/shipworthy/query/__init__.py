"""Needs and slices -> engine expressions -> tallies. The only room that speaks Ibis, DuckDB and SQL.

- `ibis_start`: how Ibis is loaded, before anything here does
- `engine`: connections, and the one door that every statement goes through
- `source`: files and database tables, and the fingerprint of their content
- `facts`: what columns look like
- `uniqueness`: proof that ids are unique
- `split`: which rows train, choose thresholds and are judged
- `slicing`: how rows fall into slices
- `frame`: the examples in the form of the prediction log
- `rule`: the rule language, parsed and checked, never interpolated
- `log`: what each candidate answered
- `scan`: tallies from a log

Import the module, not its names: everything here loads Ibis.
"""

from shipworthy.query.ibis_start import start_ibis_lightly

start_ibis_lightly()
