"""What explaining asks of a product: the rows, each kind of candidate, and where it does worse."""
