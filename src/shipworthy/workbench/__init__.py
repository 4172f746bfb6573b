"""One short module per verb: open, scan, judge, keep, return. The only place where the outside meets the domain."""
