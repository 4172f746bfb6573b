"""Judges: models that grade answers, what people said of the same answers, and whether that still holds."""
