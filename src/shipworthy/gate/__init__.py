"""Whether what was signed still holds: every claim again, and nothing worse than then by more than a margin."""
