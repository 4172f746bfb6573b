"""The values of a text column with their rows: several spellings, several types, several ways to write dates and numbers."""
