"""How strongly a passage holds a stem, as far as the index of words tells.

What BM25 makes of a word's frequency and a passage's length cannot be read for each passage that
holds a common word. So a stem stands in the index once more, with a mark, for each step of
strength it reaches in a passage. No word has such a mark: folding makes a digit of it.
"""

from collections import Counter

from ...understanding import stems

SATURATION = 1.2  # BM25's k1: how soon a word's repetition counts no more
LENGTH = 0.75  # BM25's b: how much a long passage is held against it
# Words of a passage. What is taken away must be the same as what was put, so it never changes.
TYPICAL = 200
# From which share of what a word can be worth at most, and what each step is then worth.
STEPS = {"¹": 0.5, "²": 0.65, "³": 0.8}
WITHOUT, A_STEP = 0.4, 0.15


def unmarked(passage: str) -> set[str]:
    """The stems of a passage (`passage`: its terms)."""
    return {stem for term in set(passage.split()) for stem in stems.alternatives(term)}


def marked(passage: str, length: int) -> set[str]:
    """The stems of a passage of that many words; the stronger once more, with their marks."""
    times = Counter(stem for term in passage.split() for stem in stems.alternatives(term))
    norm = SATURATION * (1 - LENGTH + LENGTH * length / TYPICAL)
    found = set(times)
    for mark, least in STEPS.items():
        found.update(stem + mark for stem, n in times.items() if n / (n + norm) >= least)
    return found


def saturated(times: int, length: int, average: float) -> float:
    """What a word is worth that stands so many times in a passage; 1 for an average one's first."""
    norm = SATURATION * (1 - LENGTH + LENGTH * length / average)
    return times * (SATURATION + 1) / (times + norm)
