"""Why a candidate answers as it does: what drives it, the reasons of one answer, and what would turn it.

Everything here asks a model through one port (`blend`): rows whose columns come from different rows of a pool.

- `blend`: the port
- `drivers`: how much the loss grows when a column is dealt anew
- `together`: columns that go along with each other
- `shapley`: what each column contributes to one answer
- `trust`: whether these contributions are stable and foretell the model, and when they are withheld
- `reasons`: which of them are named, by which code, in which words
- `turning`: the smallest change that turns an answer
"""
