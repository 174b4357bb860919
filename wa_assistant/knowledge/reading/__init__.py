"""File formats: from bytes to blocks of text, in a process of its own."""
