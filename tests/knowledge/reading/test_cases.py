"""A contract and a price list of the kinds that companies have, from file to passages."""

import pytest

from tests.knowledge import sheets
from tests.knowledge.sheets import Sheet
from wa_assistant.knowledge.reading import reader

PLANS = (
    ("Plano", "Mensal", "Anual"),
    ("Básico", "R$ 29,90", "R$ 299,00"),
    ("Profissional", "R$ 59,90", "R$ 599,00"),
    ("Empresa", "", "R$ 1.999,00"),
)
CONTRACT = (
    *("A rescisão contra-", "tual deve ser comuni-", "cada por escrito à administra-"),
    *("ção com antece-", "dência de trinta dias."),
)


@pytest.fixture
def passages(tmp_path):
    """What the process that reads makes of a file."""

    def read(name: str, content: bytes) -> list[str]:
        path = tmp_path / name
        path.write_bytes(content)
        found = reader.read(path.suffix[1:], path).passages
        return [line for columns in found for line in columns["text"].split("\n")]

    return read


def test_a_contract_with_its_prices(passages):
    sheet = Sheet().lines(50, 60, *CONTRACT).table((50, 200, 350), 160, *PLANS)
    told = passages("contrato.pdf", sheets.pdf(sheet))
    assert told[0] == (
        "A rescisão contratual deve ser comunicada por escrito à administração com antecedência "
        "de trinta dias."
    )
    assert told[-1] == "Plano: Empresa · Anual: R$ 1.999,00"


def test_a_price_list(passages):
    rows = "Produto;Preço;Prazo de entrega;Estoque\nTorta de limão;38,50;3;4\n"
    assert passages("precos.csv", rows.encode()) == [
        "Produto: Torta de limão · Preço: 38,50 · Prazo de entrega: 3 · Estoque: 4"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le"])
def test_opening_hours_in_any_encoding(passages, encoding):
    rows = "Dia;Abre;Fecha\nSegunda;09:00;18:00\nSábado;10:00;14:00\n"
    assert passages("horario.csv", rows.encode(encoding))[-1] == (
        "Dia: Sábado · Abre: 10:00 · Fecha: 14:00"
    )
