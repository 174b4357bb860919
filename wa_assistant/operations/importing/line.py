"""What a line of a file says of a participant, cell by cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...conversation import fields, phone, tags
from ...conversation.adding import NAME_CHARACTERS
from ...conversation.tags import MOST_OF_ONE
from ...database import folded
from ...models import Consent, Field, LineReason, Purpose
from ...models.about import TAG_CHARACTERS
from ...models.characters import seen_in_a_line
from ...models.consent import PROOF_CHARACTERS
from ...models.participant import match_key
from ...settings.problem import Problem
from ...understanding import written
from . import columns

ROUNDED = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+")
E164 = re.compile(r"(\+[1-9]\d{6,14})")
LOCAL = re.compile(r"9?[2-9]\d{7}")
BETWEEN = re.compile(r"[\s().\-]")
LONGEST_ADDRESS = 255
TELLS = 100  # characters of what was wrong
LANGUAGES = {
    "pt": ("pt", "pt-br", "pt_br", "portugues", "portuguese", "por"),
    "en": ("en", "en-us", "en_us", "ingles", "english", "eng"),
}
GIVEN = {"sim", "s", "yes", "y", "given", "dado", "dada", "true", "verdadeiro", "1", "x", "ok"}
GIVEN |= {"aceito", "aceita", "aceitou", "concedido", "opt-in", "optin"}
WITHDRAWN = {"withdrawn", "retirado", "retirada", "revogado", "revogada", "opt-out", "optout"}
# What grants nothing, and is no word that was not understood.
NOT_GIVEN = {"", "-", "nao", "n", "no", "false", "falso", "0", "refused", "recusado", "recusada"}
WHOLE = re.compile(r"(\+?\d{8,})[.,]0+")  # as other programs write a number that a sheet holds
SEPARATED = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,;\n]*))\s*(?:[,;\n]|$)')


class RejectedError(Exception):
    """The line counts for nothing: `reason`, and what in it."""

    def __init__(self, reason: LineReason, told: str = "") -> None:
        super().__init__(reason)
        self.reason, self.told = reason, told[:TELLS]


@dataclass(frozen=True)
class Said:
    """A consent as the line says it: when ("2026-12-05"), and how it is known."""

    kind: Consent
    on: str
    source: str


@dataclass
class Line:
    """What is read of a line. `phone` is an E.164 number; "" where only somebody who is there
    already can be meant by `address`. `remark`: what in it counts for nothing, and why."""

    number: int
    cells: list[str]
    phone: str = ""
    address: str = ""
    name: str = ""
    language: str = ""
    tags: list[str] = field(default_factory=list)
    values: dict[int, str] = field(default_factory=dict)
    consents: dict[Purpose, Said] = field(default_factory=dict)
    remark: tuple[LineReason, str] | None = None

    @property
    def key(self) -> str:
        return (match_key(self.phone) or "") if self.phone else self.address


def read(number: int, cells: list[str], which: Sequence[str], known: Mapping[str, Field]) -> Line:
    """`which` says what each cell is; `known`: the fields by that. Raises RejectedError."""
    said = {key: cell for key, cell in zip(which, cells, strict=False) if key != columns.IGNORED}
    line = Line(number, cells)
    _number(line, said.get(columns.NUMBER, ""))
    line.name = seen_in_a_line(said.get(columns.NAME, ""))
    if len(line.name) > NAME_CHARACTERS:
        raise RejectedError(LineReason.NAME_TOO_LONG, line.name)
    line.language = _language(said.get(columns.LANGUAGE, ""))
    line.tags = _tags(said.get(columns.TAGS, ""))
    for key, cell in said.items():
        if key in known and cell:
            line.values[known[key].id] = _value(known[key], cell)
    _consent(line, Purpose.SERVICE, said, columns.SERVICE)
    _consent(line, Purpose.MARKETING, said, columns.MARKETING)
    return line


def _number(line: Line, cell: str) -> None:
    if not cell:
        raise RejectedError(LineReason.EMPTY_NUMBER)
    if ROUNDED.fullmatch(cell.replace(" ", "")):
        raise RejectedError(LineReason.ROUNDED, cell)
    whole = WHOLE.fullmatch(cell)
    line.phone = phone.typed(whole[1] if whole else cell) or ""
    if line.phone:
        return
    # Somebody's all the same, perhaps: whoever writes to us has a number, whatever we think of it.
    found = E164.fullmatch(BETWEEN.sub("", cell))
    line.address = f"whatsapp:{found[1]}" if found else cell[:LONGEST_ADDRESS]
    if ":" not in line.address:
        is_short = LOCAL.fullmatch(BETWEEN.sub("", cell))
        raise RejectedError(LineReason.NO_AREA if is_short else LineReason.NO_NUMBER, cell)


def _language(cell: str) -> str:
    word = folded(cell)
    for language, words in LANGUAGES.items():
        if word in words:
            return language
    if word:
        raise RejectedError(LineReason.LANGUAGE, cell)
    return ""


def split(cell: str) -> list[str]:
    """The tags in a cell: between commas, semicolons or lines, in quotation marks where these
    belong to one. The contrary of `joined`."""
    found = [
        (each[1] or "").replace('""', '"') or each[2] or "" for each in SEPARATED.finditer(cell)
    ]
    return [each.strip() for each in found if each.strip()]


def joined(names: Sequence[str]) -> str:
    return ", ".join(_quoted(each) for each in names)


def _quoted(name: str) -> str:
    if not re.search(r'[,;"\n]', name):
        return name
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _tags(cell: str) -> list[str]:
    found: dict[str, str] = {}
    for each in split(cell):
        try:
            name = tags.checked(each)
        except Problem as problem:
            if len(each) > TAG_CHARACTERS:
                raise RejectedError(LineReason.TAG_TOO_LONG, each) from problem
            continue  # nothing that is seen
        found.setdefault(folded(name), name)
    if len(found) > MOST_OF_ONE:
        raise RejectedError(LineReason.TOO_MANY_TAGS, str(len(found)))
    return list(found.values())


def _value(which: Field, cell: str) -> str:
    try:
        return fields.read(which, cell)
    except fields.DoesNotFit as unfit:
        raise RejectedError(LineReason.VALUE, f"{which.name}: {cell}") from unfit


def _consent(line: Line, purpose: Purpose, said: Mapping[str, str], key: str) -> None:
    """Without a day and a source it counts for nothing, and the line says so."""
    cell = said.get(key, "")
    word = folded(cell)
    kind = Consent.GIVEN if word in GIVEN else Consent.WITHDRAWN if word in WITHDRAWN else None
    if kind is None:
        if word not in NOT_GIVEN:
            line.remark = (LineReason.CONSENT_WORD, cell[:TELLS])
        return
    on = written.day(re.split("[ T]", said.get(f"{key}_on", ""))[0]) or ""
    source = seen_in_a_line(said.get(f"{key}_source", ""))[:PROOF_CHARACTERS]
    line.consents[purpose] = Said(kind, on, source)
