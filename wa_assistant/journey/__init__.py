"""Stages people are led through, and the answers they give."""
