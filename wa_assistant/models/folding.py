"""How words are spelt where they are compared: names, headings of tables, stems, sentences."""

import unicodedata

# Letters that people leave out like an accent, and Unicode does not take apart.
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def folded(words: str) -> str:
    """`words` with single spaces, without case, accents and what is not seen.

    "joao da silva" for "João  da SILVA". Two ways to write the same letters fold to the same,
    so that a part of a name, folded, is found in the folded name.
    """
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", words).casefold())
    kept = "".join(each for each in apart if not _is_mark(each)).translate(LETTERS)
    return " ".join(kept.split())


def _is_mark(character: str) -> bool:
    # What directs or joins characters (Cf) comes along unseen when a name is pasted.
    unseen = unicodedata.category(character) in ("Cc", "Cf") and not character.isspace()
    return unseen or unicodedata.combining(character) != 0
