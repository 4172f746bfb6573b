"""One prompt several times: what is asked of whom, the answers of each kind of candidate, and how they compare."""
