"""Whether a word is one of a language. Each dictionary takes 20 to 120 MB once it is asked."""

from functools import lru_cache

import simplemma

OURS = ("pt", "en")  # in which most documents here are
OTHERS = ("es",)


@lru_cache(maxsize=20_000)
def holds(word: str, languages: tuple[str, ...] = (*OURS, *OTHERS)) -> bool:
    return len(word) > 1 and any(simplemma.is_known(word, lang=each) for each in languages)
