"""Chat candidates: what they are asked with, what is kept of it, and how replies fill a log."""
