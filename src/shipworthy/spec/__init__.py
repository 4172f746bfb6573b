"""The nouns of a product: what product.yaml says, read, checked and explained."""
