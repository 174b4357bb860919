"""Which release this is, as /health and the pages name it."""

VERSION = "0.1.0"
