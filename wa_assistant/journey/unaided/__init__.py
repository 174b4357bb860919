"""Hears answers and asks on where no model does."""
