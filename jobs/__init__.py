"""Doorbells: a bell's name is a name here, and what it names is one function that does the work."""
