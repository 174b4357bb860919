"""Figures: how much is said, answered, delivered and left to do, and the rows each counts."""
