"""What an incident is about, and what records say at each of its steps."""
