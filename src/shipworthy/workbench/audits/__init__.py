"""The parts of an audit: what is asked, what is counted, and what else is looked at."""
