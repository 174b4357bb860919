"""Of a web page its article is read, without the frame that all pages of its site share."""

import pytest

from wa_assistant.knowledge.reading.formats import read
from wa_assistant.knowledge.reading.split import split
from wa_assistant.models import DocumentKind

ARTICLE = """<h1>Trocas</h1><p>A troca é feita em até sete dias, com a nota fiscal em mãos.</p>
<ul><li>Roupa íntima não se troca.</li><li>O frete da volta é nosso.</li></ul>"""
TEXTS = [
    "A troca é feita em até sete dias, com a nota fiscal em mãos.",
    "Roupa íntima não se troca.",
    "O frete da volta é nosso.",
]
MENU = (
    '<ul><li><a href="/">Início</a><li><a href="/loja">Loja</a><li><a href="/ajuda">Ajuda</a></ul>'
)


def texts(page: str) -> list[str]:
    return [block.text for block in read(DocumentKind.HTML, page.encode())]


def passages(page: str) -> list[str]:
    pieces = split(read(DocumentKind.HTML, page.encode()))
    return [line for piece in pieces for line in piece.text.split("\n")]


@pytest.mark.parametrize(
    "page",
    [
        f"<header><a href='/'>Loja</a></header>{MENU}<main>{ARTICLE}</main><footer>© 2026</footer>",
        f"<div class='menu-principal'>{MENU}</div><article>{ARTICLE}</article>",
        f"<div id='nav'>{MENU}</div>{ARTICLE}<div class='footer'><a href='/p'>Sobre</a></div>",
        f"{MENU}<div>{ARTICLE}</div>{MENU.replace('ul>', 'ol>')}",
        f"<div role='navigation'>{MENU}</div><div role='main'>{ARTICLE}</div>",
        f"<div id='cookie-bar'><p>Usamos cookies.</p><button>Aceito</button></div>{ARTICLE}",
        f"<div class='lgpd-aviso'>Ao navegar você concorda com os termos.</div>{ARTICLE}",
        f"<aside><h3>Veja</h3><a href='/1'>Dez dicas de moda para o verão</a></aside>{ARTICLE}",
        f"<ol class='breadcrumb'><li><a href='/'>Início</a><li>Trocas</ol>{ARTICLE}".replace(
            "<li>Trocas", "<li><a href='/t'>Trocas</a>"
        ),
        f"{ARTICLE}<div class='social-share'><a href='https://t.example'>Tuitar</a></div>",
        f"{ARTICLE}<div role='dialog'><p>Assine a nossa lista e ganhe 10 %.</p></div>",
    ],
)
def test_what_frames_the_article_is_left_out(page):
    assert texts(page) == TEXTS


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("<div class='menu'><p>Feijoada R$ 40</p><p>Moqueca R$ 60</p></div>", "Moqueca R$ 60"),
        (
            "<footer><p>Rua X, 10. Tel. 3333-4444.</p><a href='/'>Início</a></footer>",
            "Rua X, 10. Tel. 3333-4444.",
        ),
        ("<header><h1>Horários</h1><p>Das nove às seis.</p></header>", "Das nove às seis."),
        (
            "<aside><p>Aviso: em julho fechamos às quatro.</p></aside>",
            "Aviso: em julho fechamos às quatro.",
        ),
        (
            "<ul><li><a href='https://a.example'>Guia</a><li><a href='https://b.example'>Mapa</a>"
            "<li><a href='https://c.example'>Tabela</a></ul>",
            "Mapa (https://b.example)",
        ),
        (
            "<main><p>oi</p></main><p>Tudo o mais está aqui fora, e é bem mais longo.</p>",
            "Tudo o mais está aqui fora, e é bem mais longo.",
        ),
        (
            "<h1>Cookies</h1><main id='cookies'><p>Guardamos um cookie.</p></main>",
            "Guardamos um cookie.",
        ),
    ],
)
def test_what_may_be_said_to_a_customer_stays(page, kept):
    assert kept in texts(page)


def test_a_cell_holds_for_all_rows_it_spans():
    page = """<table><tr><th>Turno<th>Dia<th>Preço</tr>
    <tr><td rowspan=2>Manhã<td>Segunda<td>R$ 50</tr><tr><td>Terça<td>R$ 60</tr>
    <tr><td>Noite<td colspan=2>sob consulta</tr></table>"""
    assert texts(page) == [
        "Turno | Dia | Preço",
        "Manhã | Segunda | R$ 50",
        "Manhã | Terça | R$ 60",
        "Noite | sob consulta | sob consulta",
    ]
    assert passages(page) == [
        "Turno: Manhã · Dia: Segunda · Preço: R$ 50",
        "Turno: Manhã · Dia: Terça · Preço: R$ 60",
        "Turno: Noite · Dia: sob consulta · Preço: sob consulta",
    ]


def test_a_cell_that_spans_both_ways_keeps_the_others_in_their_columns():
    page = """<table><tr><th>A<th>B<th>C<th>D</tr><tr><td>1<td colspan=2 rowspan=2>2<td>3</tr>
    <tr><td>4<td>5</tr><tr><td>6<td>7<td>8<td>9</tr></table>"""
    assert texts(page)[1:] == ["1 | 2 | 2 | 3", "4 | 2 | 2 | 5", "6 | 7 | 8 | 9"]


def test_names_of_two_rows_are_one():
    page = """<table><thead><tr><th rowspan=2>Curso<th colspan=2>Mensalidade</tr>
    <tr><th>À vista<th>Parcelada</tr></thead><tr><td>Inglês<td>R$ 90<td></tr>
    <tr><td>Francês<td><td>R$ 99</tr></table>"""
    assert passages(page) == [
        "Curso: Inglês · Mensalidade À vista: R$ 90",
        "Curso: Francês · Mensalidade Parcelada: R$ 99",
    ]


def test_a_name_before_its_row_is_none_of_a_column():
    page = "<table><tr><th>Abre<td>9h</tr><tr><th>Fecha<td>18h</tr></table>"
    assert passages(page) == ["Abre | 9h", "Fecha | 18h"]


def test_a_span_without_end_is_cut():
    page = "<table><tr><td colspan=999 rowspan=999>a<td>b</tr>" + "<tr><td>c</tr>" * 9 + "</table>"
    assert all(len(each) < 400 for each in texts(page))
