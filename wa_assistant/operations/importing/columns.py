"""What the columns of a file with participants are: what they are called, and how one is told.

Names and words stand here in both languages, since a file that was exported in one is imported by
somebody who reads the other.
"""

from collections.abc import Iterable, Sequence

from ...conversation import phone
from ...database import folded
from ...models import Field

IGNORED = "-"
NUMBER, NAME, TAGS, LANGUAGE = "number", "name", "tags", "language"
SERVICE, SERVICE_ON, SERVICE_SOURCE = "service", "service_on", "service_source"
MARKETING, MARKETING_ON, MARKETING_SOURCE = "marketing", "marketing_on", "marketing_source"
FIELD = "field-"
ENGLISH, PORTUGUESE = "en", "pt"

# As an export calls them.
HEADERS = {
    NUMBER: {ENGLISH: "Number", PORTUGUESE: "Número"},
    NAME: {ENGLISH: "Name", PORTUGUESE: "Nome"},
    TAGS: {ENGLISH: "Tags", PORTUGUESE: "Etiquetas"},
    LANGUAGE: {ENGLISH: "Language", PORTUGUESE: "Idioma"},
    SERVICE: {ENGLISH: "Consent", PORTUGUESE: "Consentimento"},
    SERVICE_ON: {ENGLISH: "Consent: date", PORTUGUESE: "Consentimento: data"},
    SERVICE_SOURCE: {ENGLISH: "Consent: source", PORTUGUESE: "Consentimento: origem"},
    MARKETING: {ENGLISH: "Marketing", PORTUGUESE: "Marketing"},
    MARKETING_ON: {ENGLISH: "Marketing: date", PORTUGUESE: "Marketing: data"},
    MARKETING_SOURCE: {ENGLISH: "Marketing: source", PORTUGUESE: "Marketing: origem"},
}
# As others do, between bars.
ALSO = {
    NUMBER: "numero|telefone|celular|whatsapp|fone|tel|phone|mobile|cell|contato|msisdn|numero de"
    " telefone|telefone celular|phone number|mobile phone|numero whatsapp|numero de whatsapp"
    "|whatsapp number|telefone 1|phone 1 - value|fone celular",
    NAME: "nome|name|cliente|apelido|nome completo|full name|first name|primeiro nome|nome do"
    " cliente|nome e sobrenome|display name",
    TAGS: "tags|tag|etiqueta|etiquetas|marcador|marcadores|label|labels",
    LANGUAGE: "idioma|lingua|language",
    SERVICE: "consentimento|consent|consentimento de atendimento",
    SERVICE_ON: "data do consentimento|consent date|date of consent",
    SERVICE_SOURCE: "origem do consentimento|fonte do consentimento|consent source|source of"
    " consent",
    MARKETING: "marketing|optin|opt-in|consentimento de marketing|consentimento para marketing"
    "|marketing consent|aceita marketing",
    MARKETING_ON: "data do marketing|data do consentimento de marketing|marketing date|marketing"
    " consent date",
    MARKETING_SOURCE: "origem do marketing|origem do consentimento de marketing|marketing source"
    "|marketing consent source",
}
# Of a field that is called like one of these.
OF_FIELD = {ENGLISH: "Field: {}", PORTUGUESE: "Campo: {}"}
MOST_LOOKED_AT = 50  # rows
MOST_TITLES = 10  # rows above those that name the columns
LONGEST_HEADER = 100  # characters


KNOWN = {folded(name): key for key, names in HEADERS.items() for name in names.values()} | {
    folded(name): key for key, words in ALSO.items() for name in words.split("|")
}


def header_of(field: Field, language: str) -> str:
    """As an export calls the column of a field, which `told` knows again."""
    alike = folded(field.name) in KNOWN or _bare(field.name) != folded(field.name)
    return OF_FIELD[language].format(field.name) if alike else field.name


def told(headers: Sequence[str], fields: Iterable[Field]) -> list[str]:
    """What each column is by what it is called, each but once; IGNORED what is not known."""
    ours = {each.name_folded: f"{FIELD}{each.id}" for each in fields}
    found: list[str] = []
    for each in headers:
        name, bare = folded(each), _bare(each)
        key = ours.get(bare) if bare != name else KNOWN.get(name) or ours.get(name)
        found.append(key if key and key not in found else IGNORED)
    return found


def are_headers(row: Sequence[str]) -> bool:
    """Whether a row names columns, and is no participant itself."""
    return any(row) and not any(is_number(cell) for cell in row)


def head_of(rows: Sequence[Sequence[str]]) -> int:
    """Which row names the columns: the first, unless one below some titles names the number."""
    for at, row in enumerate(rows[:MOST_TITLES]):
        if not are_headers(row):
            break
        if NUMBER in told(row, ()):
            return at
    return 0


def as_headers(cells: Sequence[str]) -> list[str]:
    """As an import keeps what its columns are called."""
    return [each[:LONGEST_HEADER] for each in cells]


def number_column(rows: Sequence[Sequence[str]]) -> int | None:
    """Which column is mostly numbers of telephones, where there is one."""
    width = max((len(row) for row in rows), default=0)
    counts = [sum(is_number(row[at]) for row in rows if at < len(row)) for at in range(width)]
    best = max(range(width), key=lambda at: counts[at], default=None)
    return best if best is not None and 2 * counts[best] > len(rows) else None


def is_number(cell: str) -> bool:
    return sum(each.isdigit() for each in cell) >= 8 and phone.typed(cell) is not None


def _bare(header: str) -> str:
    """Without what says that it is a field."""
    name = folded(header)
    for words in OF_FIELD.values():
        name = name.removeprefix(folded(words.format("")))
    return name.strip()
