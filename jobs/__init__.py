"""Doorbells: load, call one function, done."""
