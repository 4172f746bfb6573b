"""Other tools on the same questions, each in an environment of its own.

`environments` makes the environments. Every other file is one small script that the peer's own interpreter runs with
the path of a log; it reads what it needs, asks, and prints its answer as JSON.
"""
