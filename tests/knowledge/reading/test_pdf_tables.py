"""A row of a PDF's table is one block, each figure with its row's and its column's name."""

import pytest

from tests.knowledge.sheets import Sheet, pdf
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

PLANS = (
    ("Plano", "Mensal", "Anual"),
    ("Básico", "R$ 29,90", "R$ 299,00"),
    ("Profissional", "R$ 59,90", "R$ 599,00"),
    ("Empresa", "", "R$ 1.999,00"),
)
SAID = [
    "Plano: Básico · Mensal: R$ 29,90 · Anual: R$ 299,00",
    "Plano: Profissional · Mensal: R$ 59,90 · Anual: R$ 599,00",
    "Plano: Empresa · Anual: R$ 1.999,00",
]
COLUMNS = (50, 200, 350)
PROSE = "A escola abre cedo todos os dias e fecha tarde quando chove muito na rua"


def texts(*sheets: Sheet) -> list[str]:
    return [block.text for block in read(DocumentKind.PDF, pdf(*sheets))]


def framed(sheet: Sheet, columns: tuple[float, ...], tops: list[float], right: float) -> Sheet:
    for top in tops:
        sheet.rule(columns[0] - 3, top, right, top)
    for left in (*(each - 3 for each in columns), right):
        sheet.rule(left, tops[0], left, tops[-1])
    return sheet


def test_an_empty_cell_leaves_the_others_in_their_columns():
    assert texts(Sheet().table(COLUMNS, 100, *PLANS)) == SAID


def test_a_table_stands_between_the_paragraphs_around_it():
    sheet = Sheet().lines(50, 60, "Estes são os preços deste ano para quem", "assina até março.")
    sheet.table(COLUMNS, 120, *PLANS).lines(50, 230, "Os preços valem para novos contratos.")
    assert texts(sheet) == [
        "Estes são os preços deste ano para quem assina até março.",
        *SAID,
        "Os preços valem para novos contratos.",
    ]


def test_figures_that_end_at_the_right_are_in_their_column():
    rows = [("Item", "Qtde", "Total"), ("Mesa", "2", "R$ 900,00"), ("Toalha", "", "R$ 80,00")]
    sheet = Sheet()
    for number, cells in enumerate(rows):
        for right, cell in zip((100, 300, 480), cells, strict=True):
            sheet.write(right - 6 * len(cell), 100 + 16 * number, cell)
    assert texts(sheet) == [
        "Item: Mesa · Qtde: 2 · Total: R$ 900,00",
        "Item: Toalha · Total: R$ 80,00",
    ]


@pytest.mark.parametrize("is_framed", [True, False])
def test_a_cell_of_several_lines_is_one(is_framed):
    rows = (
        ("Serviço", "Preço", "Observações"),
        (
            "Corte feminino\ncom lavagem",
            "R$ 80",
            "Com hora marcada,\nde terça a sábado,\nno centro",
        ),
        ("Manicure", "R$ 40", "Sem hora\nmarcada"),
        ("Coloração", "", "Inclui tonalizante"),
    )
    columns = (50.0, 200.0, 280.0)
    sheet = Sheet().table(columns, 100, *rows, step=14 if is_framed else 22)
    if is_framed:
        framed(sheet, columns, [88, 104, 142, 168, 182], 420)
    assert texts(sheet) == [
        "Serviço: Corte feminino com lavagem · Preço: R$ 80 · "
        "Observações: Com hora marcada, de terça a sábado, no centro",
        "Serviço: Manicure · Preço: R$ 40 · Observações: Sem hora marcada",
        "Serviço: Coloração · Observações: Inclui tonalizante",
    ]


def test_cells_that_touch_the_line_between_them_are_apart():
    rows = (("Dia", "Abre", "Fecha"), ("Segunda", "9h", "18h"), ("Sábado", "10h", "14h"))
    columns = (50.0, 99.0, 130.0)
    sheet = framed(Sheet().table(columns, 100, *rows), columns, [88, 105, 123, 141], 160)
    assert texts(sheet) == [
        "Dia: Segunda · Abre: 9h · Fecha: 18h",
        "Dia: Sábado · Abre: 10h · Fecha: 14h",
    ]


def test_a_name_above_two_columns_is_one_of_each():
    sheet = Sheet().write(245, 80, "Preço por aluno")
    sheet.table(COLUMNS, 96, PLANS[0], *PLANS[1:])
    found = texts(sheet)
    assert any("R$ 1.999,00" in each and "Anual" in each and "Mensal" not in each for each in found)
    sheet = Sheet().write(50, 80, "Turma").write(255, 80, "Mensalidade do curso")
    sheet.table((50, 220, 350), 96, ("", "À vista", "Em 12 vezes"), ("Manhã", "R$ 90", "R$ 99"))
    sheet.table((50, 220, 350), 132, ("Noite", "", "R$ 120"), ("Sábado", "R$ 70", "R$ 79"))
    assert texts(sheet) == [
        "Turma: Manhã · Mensalidade do curso À vista: R$ 90 · "
        "Mensalidade do curso Em 12 vezes: R$ 99",
        "Turma: Noite · Mensalidade do curso Em 12 vezes: R$ 120",
        "Turma: Sábado · Mensalidade do curso À vista: R$ 70 · "
        "Mensalidade do curso Em 12 vezes: R$ 79",
    ]


def test_a_sign_of_money_in_its_own_column_belongs_to_its_figure():
    sheet = Sheet()
    for number, (name, price) in enumerate(
        [("Mesa", "900,00"), ("Cadeira", "80,00"), ("Sofá", "1.200,00")]
    ):
        top = 118 + 18 * number
        sheet.write(50, top, name).write(250, top, "R$").write(330 - 6 * len(price), top, price)
    sheet.write(50, 100, "Produto").write(270, 100, "Preço")
    assert texts(sheet) == [
        "Produto: Mesa · Preço: R$ 900,00",
        "Produto: Cadeira · Preço: R$ 80,00",
        "Produto: Sofá · Preço: R$ 1.200,00",
    ]


def test_a_table_that_goes_on_overleaf_keeps_its_names():
    first = Sheet().table(COLUMNS, 700, *PLANS[:2])
    again = Sheet().table(COLUMNS, 60, PLANS[0], *PLANS[2:])
    without = Sheet().table(COLUMNS, 60, *PLANS[2:])
    assert texts(first, again) == texts(first, without) == SAID


def test_a_page_that_lies_on_its_side_is_read_as_it_is_shown():
    sheet = Sheet(turned=90)
    for number, cells in enumerate(PLANS):
        for left, cell in zip(COLUMNS, cells, strict=True):
            if cell:
                shown = cell.encode("cp1252")
                sheet.drawn.append(
                    b"BT /F1 11 Tf 0 1 -1 0 %d %d Tm (%s) Tj ET" % (100 + 18 * number, left, shown)
                )
    assert texts(sheet) == SAID


def test_columns_of_prose_are_read_one_after_the_other():
    def column(number: int) -> list[str]:
        said = PROSE.split()
        turned = said[number:] + said[:number]
        return [" ".join(turned[at : at + 4]) for at in range(0, 12, 4)] * 3

    sheet = Sheet().lines(50, 100, *column(0)).lines(310, 100, *column(5))
    found = " ".join(texts(sheet))
    assert found == " ".join([*column(0), *column(5)])


def test_an_indented_list_is_no_table():
    sheet = Sheet()
    for number, words in enumerate(["RG e CPF", "comprovante de endereço", "duas fotos"]):
        sheet.write(50, 100 + 16 * number, "•").write(75, 100 + 16 * number, words)
    assert texts(sheet) == ["• RG e CPF", "• comprovante de endereço", "• duas fotos"]


def test_pairs_have_no_names_above_them():
    sheet = Sheet().table(
        (50, 160),
        100,
        ("Telefone:", "(11) 3333-4444"),
        ("E-mail:", "a@escola.example"),
        ("Endereço:", "Rua X, 10"),
    )
    assert texts(sheet) == [
        "Telefone: (11) 3333-4444",
        "E-mail: a@escola.example",
        "Endereço: Rua X, 10",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "nada nadando a uno da da no agenda e\nno e onda onda nada da uno dando onde\n"
        "onde da a dona nado ondeando da nado onde",
        "uno no nada onda o dona agenda agenda onde\nonda ondeando no anda uno a ondeando onde da\n"
        "nado nada da ano onde da da ano nado",
        "e nadando onde da dona nado onde dando a\n"
        "e nadando agenda dando ondeando nadando anda onda nado\n"
        "e gado nado nado uno anda nada dona a",
    ],
)
def test_prose_set_to_both_margins_is_none_though_gaps_lie_below_each_other(lines):
    sheet = Sheet()
    for number, line in enumerate(lines.split("\n")):
        left = 50.0
        for word in line.split():  # of letters that are all as wide
            sheet.write(left, 100 + 14 * number, word)
            left += 11 * 0.556 * len(word) + 9
    assert texts(sheet) == [lines.replace("\n", " ")]
