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


def test_prices_set_to_the_right_without_lines_and_a_name_on_two(passages):
    sheet = Sheet().write(56, 90, "Onde não há valor, o serviço não é feito.")
    rows = [
        ("Serviço", "Curto", "Médio", "Longo"),
        ("Corte", "60,00", "70,00", "80,00"),
        ("Progressiva", "", "320,00", "420,00"),
        ("Hidratação", "90,00", "", "130,00"),
        ("Luzes", "250,00", "350,00", ""),
        ("Coloração com retoque", "120,00", "150,00", "180,00"),
    ]
    for number, (name, *cells) in enumerate(rows):
        sheet.write(56, 130 + 18 * number, name)
        for right, cell in zip((340, 425, 510), cells, strict=True):
            sheet.write(right - 5.6 * len(cell), 130 + 18 * number, cell)
    sheet.write(56, 130 + 18 * 5 + 13, "de raiz (produto incluso)")
    assert passages("salao.pdf", sheets.pdf(sheet)) == [
        "Onde não há valor, o serviço não é feito.",
        "Serviço: Corte · Curto: 60,00 · Médio: 70,00 · Longo: 80,00",
        "Serviço: Progressiva · Médio: 320,00 · Longo: 420,00",
        "Serviço: Hidratação · Curto: 90,00 · Longo: 130,00",
        "Serviço: Luzes · Curto: 250,00 · Médio: 350,00",
        "Serviço: Coloração com retoque de raiz (produto incluso) · Curto: 120,00 · "
        "Médio: 150,00 · Longo: 180,00",
    ]


def test_words_with_a_hyphen_of_their_own_keep_it_where_a_line_ends(passages):
    pages = (
        ("O salão pode ser reservado por qual-", "quer condômino, de segunda-", "feira a sábado."),
        ("O guarda-", "chuva não fica no cor-", "redor nem na pisci-", "na."),
        ("A multa é de meia cota condo-", "minial."),
    )
    made = []
    for number, lines in enumerate(pages, 1):
        head = Sheet().write(150, 36, "Regulamento – Condomínio das Acácias", 8)
        made.append(head.lines(72, 120, *lines).write(260, 815, f"Página {number} de 3", 8))
    told = "\n".join(passages("regulamento.pdf", sheets.pdf(*made)))
    for words in (
        "qualquer",
        "segunda-feira",
        "guarda-chuva",
        "corredor",
        "piscina",
        "condominial",
    ):
        assert words in told
    assert told.count("Regulamento – Condomínio das Acácias") == 1
    assert "Página" not in told
    assert told.replace("\n", "").isprintable()


def test_a_menu_as_excel_saves_it_in_brazil(passages):
    rows = (
        *("sep=;", "Item;Preço (R$);Unidade;Observação"),
        'Pão – congelado;32,90;kg;"Assar a 180 °C; não descongelar"',
        "Broa;4,50;un;",
        '“Bolo da vó”;48,00;un;"Com 2 dias.\r\nCobertura (+ R$ 12,00)"',
    )
    assert passages("cardapio.csv", ("\r\n".join(rows) + "\r\n").encode("cp1252")) == [
        "Item: Pão – congelado · Preço (R$): 32,90 · Unidade: kg · "
        "Observação: Assar a 180 °C; não descongelar",
        "Item: Broa · Preço (R$): 4,50 · Unidade: un",
        "Item: “Bolo da vó” · Preço (R$): 48,00 · Unidade: un · Observação: Com 2 dias.",
        "Cobertura (+ R$ 12,00)",
    ]
