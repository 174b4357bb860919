"""A row of a table, said so that it can be understood alone: each cell with its column's name."""

import re
from collections.abc import Sequence
from itertools import pairwise

from ...models.participant import folded

BETWEEN = " · "  # cells that have their names
BARE = " | "  # cells as they stand beside each other
LONGEST_NAME = 60  # characters
MOST_WORDS = 6  # of a name
SAID = re.compile(r"[?!]|[.;]\s|\.$|https?:|@")  # what stands in a sentence or an address
FIGURE = re.compile(r"\d")
AMOUNT = re.compile(r"(?:[^\d\s]{0,3}\s?)?\d[\d.,:/%h\s-]*\D{0,3}$")  # "R$ 9,90", "10:00", "3 un"
YEAR = re.compile(r"(?:19|20)\d\d$")
# Folded; where a table has but two columns, one of these tells that its first row are names.
_USUAL = """
aula bairro categoria cidade codigo contato curso data descricao dia disciplina email e-mail
endereco estado evento fone forma hora horario idade item local loja marca materia modelo nome
opcao pagamento pais plano prazo preco procedimento produto professor quantidade regiao sala
servico setor tamanho taxa telefone tipo turma turno unidade uf valor
address amount branch category city class code contact country course date day description event
hours item kind location name option phone plan price product room service size state store time
type value
"""
USUAL = frozenset(_USUAL.split())

Cells = Sequence[str]


def line(cells: Cells) -> str:
    """A row as it is seen; an empty cell keeps the others in their columns."""
    return " ".join(BARE.join(cells).split()).rstrip(" |").replace(f":{BARE}", ": ")


def named(names: Cells, cells: Cells) -> str:
    """A row with the names of its columns. What has no cell is left out, as it says nothing.

    Neighbours that say the same are one that holds for all their names; a row of one cell alone is
    a title of those that follow, and has none.
    """
    filled = [place for place, cell in enumerate(cells) if cell]
    if len(cells) > 1 and (filled == [0] or (len(filled) > 1 and len(set(cells)) == 1)):
        return cells[0]
    pairs = zip([*names, *[""] * (len(cells) - len(names))], cells, strict=False)
    return BETWEEN.join(_with_name(name, cell) for name, cell in pairs if cell)


def _with_name(name: str, cell: str) -> str:
    name = name.rstrip(" :")
    return f"{name}: {cell}" if name and name != cell else cell


def apart(rows: Sequence[Cells], heads: int = 0) -> tuple[Cells, Sequence[Cells]]:
    """The names of a table's columns, and its rows without those that give them.

    `heads` is how many do, where the document says so. Else it is the first, or the first two,
    where that can be seen: names are short, differ, and are no figures, and beneath them is
    something else. In one column there are only figures, or much longer texts, or there are three
    columns that all have names. No names where the first row is one like the others.
    """
    heads = heads or _heads(rows)
    if not 0 < heads < len(rows):
        return [], rows
    width = max(map(len, rows[:heads]))
    above = [[*row, *[""] * (width - len(row))] for row in rows[:heads]]
    parts = (dict.fromkeys(filter(None, column)) for column in zip(*above, strict=True))
    return [" ".join(each) for each in parts], rows[heads:]


def _heads(rows: Sequence[Cells]) -> int:
    if len(rows) > 2 and _spans(rows[0]) and _completes(rows[0], rows[1]):
        return 2
    return int(len(rows) > 1 and _are_names(rows[0]) and _differ(rows[0], rows[1:]))


def _spans(cells: Cells) -> bool:
    """Whether a name holds for several columns, though not for all."""
    return len(set(cells)) > 1 and any(one and one == other for one, other in pairwise(cells))


def _completes(above: Cells, cells: Cells) -> bool:
    """Whether these names tell the columns of one name above them apart."""
    pairs = list(zip(above, cells, strict=False))
    return len(set(pairs)) == len(pairs) and all(
        under and _is_short(under) for over, under in pairs if above.count(over) > 1
    )


def _differ(head: Cells, rows: Sequence[Cells]) -> bool:
    body = [row for row in rows if sum(map(bool, row)) > 1]
    if not body or not head[0] or len(head) > 2:
        return bool(body)
    if any(folded(word) in USUAL for cell in head for word in cell.split()[:1]):
        return True
    for place in range(len(head)):
        cells = [row[place] for row in body if len(row) > place and row[place]]
        if cells and all(map(FIGURE.search, cells)):
            return True
    return sorted(len(row[-1]) for row in body)[len(body) // 2] > 3 * len(head[-1])


def _are_names(cells: Cells) -> bool:
    said = [cell.casefold() for cell in cells if cell]
    are_all = len(said) > 1 and all(cells[1:])
    differ = len(set(said)) == len(said)
    in_words = any(not FIGURE.search(each) for each in said)
    return are_all and differ and in_words and all(map(_is_name, said))


def _is_name(cell: str) -> bool:
    return _is_short(cell) and (not AMOUNT.match(cell) or bool(YEAR.match(cell)))


def _is_short(cell: str) -> bool:
    is_short = len(cell) <= LONGEST_NAME and len(cell.split()) <= MOST_WORDS
    return is_short and not SAID.search(cell) and not cell.endswith(":")
