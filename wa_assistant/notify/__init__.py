"""Tells the team what it is not looking at: for now by e-mail."""
