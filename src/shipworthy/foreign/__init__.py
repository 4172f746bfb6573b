"""Results that other evaluation tools wrote, read into rows: the room behind `format:` of a recorded candidate.

`promptfoo`, `inspect_log`, `lm_eval` and `openai_evals` each read one tool's files; `reading` picks among them and says
what a file looks like where it is another tool's; `choosing` keeps the rows of one model; `table` makes columns of the
prediction log of them. Bytes go in, values come out: nothing here opens a file.
"""

from shipworthy.foreign.choosing import of_model
from shipworthy.foreign.reading import FORMATS, read_results
from shipworthy.foreign.rows import Results, Row
from shipworthy.foreign.table import Sheet, sheet

__all__ = ["FORMATS", "Results", "Row", "Sheet", "of_model", "read_results", "sheet"]
