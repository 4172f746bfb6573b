"""What `check` looks at, one subject a module: columns, the content of the examples, candidates, and warnings."""
