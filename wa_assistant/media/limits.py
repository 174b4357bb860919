"""What WhatsApp takes from us at most, and what we take from a browser. In bytes, where it says
nothing else."""

MEGABYTE = 1000 * 1000  # as people count them, and providers in doubt
LARGEST = 16 * MEGABYTE
LARGEST_PICTURE = 5 * MEGABYTE  # a larger one is made smaller
MOST_FILES = 10  # in one form
# Of all a form brings. More than its files may have: one that is too large is named, and what was
# typed beside it is kept.
MOST_AT_ONCE = 250 * MEGABYTE
