"""Misuse: attacks by content, method and actor, each with a benign twin, and what an answer to one amounts to.

- `attack`: the words: an attack, and a suite of them
- `taxonomy`: the lists that attacks are sorted by, each with its edition
- `reading`: a suite as text -> `Suite`, or every problem of the text
- `shipped`: the suites and the taxonomy that come with the package
- `choosing`: a part of a suite, by hazard, method or severity
- `questions`: what an assistant is asked for a suite
- `canary`: a word that only the assistant's instructions hold, and whether an answer tells it
- `outcome`: an answer to an attack or to a twin -> hit, held or unscored, with the reason
- `findings`: the answers to a whole suite, each with its outcome
- `counting`: outcomes -> counts by attack, for a look by hand
- `tallying`: outcomes -> tallies over attacks, from which metrics make rates and bounds
"""
