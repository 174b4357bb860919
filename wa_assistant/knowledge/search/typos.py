"""What somebody meant who mistyped a word: the commonest that is one letter away from it."""

from collections.abc import Collection
from string import ascii_lowercase

from sqlalchemy import select

from ...database import db
from ...models import Term

SHORTEST, LONGEST = 5, 20  # letters of a word that is looked at
MOST = 3  # words of a query


def meant(words: Collection[str]) -> dict[str, str]:
    """To each of these words that no passage holds, one that is held, if any is near enough.

    Every word that could be is looked up by itself, so that a large index costs no more. The
    first letter is seldom mistyped.
    """
    near = {word: _near(word) for word in sorted(filter(_may_be_mistyped, words))[:MOST]}
    wanted = set().union(*near.values())
    if not wanted:
        return {}
    rows = db.session.execute(select(Term.stem, Term.passages).where(Term.stem.in_(wanted)))
    held = {row.stem: row.passages for row in rows}
    found = {}
    for word, others in near.items():
        there = [each for each in others if each in held]
        if there:
            found[word] = max(there, key=lambda each: (held[each], each))
    return found


def _may_be_mistyped(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def _near(word: str) -> set[str]:
    """All that differ by a letter left out, added, or another, or by two that changed places."""
    cuts = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    near = {a + b[1:] for a, b in cuts if b}
    near |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    near |= {a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase}
    near |= {a + letter + b for a, b in cuts for letter in ascii_lowercase}
    return near - {word}
