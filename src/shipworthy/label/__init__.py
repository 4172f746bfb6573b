"""Label: which rows people label, when an item is settled, how far people agree, and what drawn labels weigh.

- `queue`: the words of the queue: an item, an offer to a person, a given label
- `settling`: what the labels of one item amount to
- `agreeing`: how far people agree, pair by pair and all together
- `drawing`: which rows come next, and with which chance
- `answers`: answers that people pass or fail, and which of their verdicts count
- `weighting`: how much a labelled row counts, so that drawn labels stand for all rows
"""
