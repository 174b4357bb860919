"""How the number of a page is written: "Página 3 de 10", "- 3 -"; it says nothing of a document."""

import re

_NUMBER = r"(?:\d{1,5}|[ivxlc]{1,7})"
SAID = re.compile(
    r"[|–—·•,(\[-]*\s*\b(?:p[áa]gina|p[áa]gs?\.?|page|pg\.?|p\.|fls?\.|folha|hoja)\s*(?:n[.ºo°]+\s*)?"
    rf"{_NUMBER}(?:\s*(?:de|of|/)\s*{_NUMBER})?\b\s*[|–—·•)\]-]*",
    re.I,
)
OF = re.compile(r"^[-–—\s]*(\d{1,5})\s*(?:de|of|/)\s*\d{1,5}[-–—\s]*$", re.I)
FIRST = re.compile(r"^[-–—\s]*(\d{1,5})(?:[\s|–—·•-]+|$)")
LAST = re.compile(r"[\s|–—·•-]+(\d{1,5})[-–—\s]*$")
YEARS = range(1900, 2100)  # beside words they are no number of a page: "Manual 2027"


def apart(text: str) -> tuple[str, int | None]:
    """The words beside a page's number, and the number where nothing else says that it is one."""
    if OF.match(text):
        return "", None
    if SAID.search(text):
        return SAID.sub(" ", text).strip(), None
    for pattern in (FIRST, LAST):
        if found := pattern.search(text):
            words, number = pattern.sub("", text).strip(), int(found[1])
            if not words or number not in YEARS:
                return words, number
    return text, None
