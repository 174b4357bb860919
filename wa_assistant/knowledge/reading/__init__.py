"""The one door to reading: from the file of a document to its passages; nothing deeper is used.

Files are strangers' work: they are read in a process of its own (child.py), which is started for
the first one and ends when none has come for a while. So this door costs whoever imports it none of
the libraries that read formats.
"""

from .blocks import LARGEST, Unreadable
from .kinds import ENDINGS, check, kind_of
from .reader import Read, read
from .split import tokens

__all__ = ["ENDINGS", "LARGEST", "Read", "Unreadable", "check", "kind_of", "read", "tokens"]
