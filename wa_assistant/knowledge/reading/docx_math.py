"""The equations of a Word document as one would type them: "(a+b)/2", "x^2", "√(9)"."""

from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
EQUATIONS = {f"{M}oMath", f"{M}oMathPara"}
MOST_DEPTH = 40
SIMPLE = 1  # characters that need no brackets

Element = Any


def typed(element: Element, depth: int = 0) -> str:
    """The text of an equation, or of a part of one."""
    if depth > MOST_DEPTH:
        return ""
    name = element.tag.removeprefix(M) if isinstance(element.tag, str) else ""
    if name == "t":
        return str(element.text or "")
    if name.endswith("Pr"):
        return ""
    if form := FORMS.get(name):
        return str(form(_Parts(element, depth + 1)))
    return "".join(typed(child, depth + 1) for child in element)


class _Parts:
    """The named parts of an equation's element, typed; "" for one that is not there."""

    def __init__(self, element: Element, depth: int) -> None:
        self._element, self._depth = element, depth

    def __getitem__(self, name: str) -> str:
        part = self._element.find(M + name)
        return "" if part is None else typed(part, self._depth)

    def all(self, name: str) -> list[str]:
        return [typed(each, self._depth) for each in self._element.findall(M + name)]

    def sign(self, of: str, name: str, otherwise: str) -> str:
        found = self._element.find(f"{M}{of}/{M}{name}")
        return otherwise if found is None else found.get(f"{M}val", otherwise)

    def rows(self) -> str:
        rows = (
            (typed(cell, self._depth) for cell in row) for row in self._element.findall(f"{M}mr")
        )
        return "[" + "; ".join(", ".join(row) for row in rows) + "]"


def _one(text: str) -> str:
    """In brackets, unless nobody needs them."""
    return text if len(text) <= SIMPLE or text.isalnum() else f"({text})"


def _raised(parts: _Parts) -> str:
    return f"{_one(parts['e'])}^{_one(parts['sup'])}"


def _lowered(parts: _Parts) -> str:
    return f"{parts['e']}_{_one(parts['sub'])}"


def _both(parts: _Parts) -> str:
    return f"{parts['e']}_{_one(parts['sub'])}^{_one(parts['sup'])}"


def _divided(parts: _Parts) -> str:
    return f"{_one(parts['num'])}/{_one(parts['den'])}"


def _root(parts: _Parts) -> str:
    degree = parts["deg"]
    return f"{'√' if degree in ('', '2') else f'root {degree} of '}({parts['e']})"


def _large(parts: _Parts) -> str:
    """A sum, an integral: with what it goes from and to."""
    limits = "".join(
        f"{mark}{_one(parts[name])}" for mark, name in (("_", "sub"), ("^", "sup")) if parts[name]
    )
    return f"{parts.sign('naryPr', 'chr', '∫')}{limits} {parts['e']}"


def _enclosed(parts: _Parts) -> str:
    begins, ends = parts.sign("dPr", "begChr", "("), parts.sign("dPr", "endChr", ")")
    return begins + ", ".join(parts.all("e")) + ends


FORMS = {
    "f": _divided,
    "sSup": _raised,
    "sSub": _lowered,
    "sSubSup": _both,
    "rad": _root,
    "nary": _large,
    "d": _enclosed,
    "func": lambda parts: f"{parts['fName']} {_one(parts['e'])}",
    "limLow": lambda parts: f"{parts['e']}_{_one(parts['lim'])}",
    "limUpp": lambda parts: f"{parts['e']}^{_one(parts['lim'])}",
    "m": lambda parts: parts.rows(),
}
