"""Documents on disk: which can be made, writing them without losing what people wrote, and checking them."""
