"""What is wrong with the rows of a data source, found in bounded samples of them."""
