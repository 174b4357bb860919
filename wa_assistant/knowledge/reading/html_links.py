"""How much of a part of a web page is links, and to where."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

OWN_PLACE = re.compile(r"^(?!https?://|mailto:|tel:|//)", re.I)
CONTACT = re.compile(
    r"^\s*(?:tel:|mailto:|whatsapp:|https?://(?:api\.)?(?:wa\.me|whatsapp\.))", re.I
)
SPACES = re.compile(r"\s+")


def are_own(links: Sequence[LexborNode]) -> bool:
    """Whether all of them lead into the same site."""
    return all(OWN_PLACE.match(each.attributes.get("href") or "") for each in links)


def is_of_contact(link: LexborNode) -> bool:
    """Whether it is a telephone, or the like: people ask for these."""
    return bool(CONTACT.match(link.attributes.get("href") or ""))


def linked(links: Sequence[LexborNode]) -> int:
    """How many characters they show."""
    return sum(map(length, links))


def length(node: LexborNode) -> int:
    """How many characters it shows."""
    return len(words(node))


def words(node: LexborNode) -> str:
    return SPACES.sub(" ", node.text(strip=False)).strip()
