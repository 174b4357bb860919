"""A web page is read as it is seen, and as it can be: closed answers are opened, links told."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind


def texts(page: str) -> list[str]:
    return [block.text for block in read(DocumentKind.HTML, page.encode())]


@pytest.mark.parametrize(
    "hidden",
    [
        "hidden",
        'aria-hidden="true"',
        'style="color: red; display: none"',
        'style="VISIBILITY:hidden"',
    ],
)
def test_what_is_hidden_is_not_read(hidden):
    assert texts(f"<p>visto</p><div {hidden}><p>oculto</p></div><p>fim</p>") == ["visto", "fim"]


def test_what_a_button_opens_is_read():
    page = '<h2><button aria-controls="a1">Quanto?</button></h2><div id="a1" hidden>R$ 120</div>'
    (block,) = read(DocumentKind.HTML, page.encode())
    assert (block.headings, block.text) == (("Quanto?",), "R$ 120")
    assert texts('<p>a</p><p hidden="until-found">b</p>') == ["a", "b"]


def test_a_button_is_read_where_it_is_the_question():
    page = "<details><summary><button>Onde?</button></summary>Aqui</details><button>Enviar</button>"
    assert texts(page) == ["Onde?", "Aqui"]


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("<button class='faq-question'><span>Como me filio?</span><i></i></button>", True),
        ("<button onclick='abre(1)'>\nAceitam cartão? </button>", True),
        ("<button aria-expanded='false'>Formas de pagamento</button>", True),
        ("<button aria-controls='p3'>Entrega</button>", True),
        ("<button>Enviar</button>", False),
        ("<button onclick='filtra()'>Processos</button>", False),
        ("<button aria-expanded='false' aria-controls='navbar'>Abrir</button>", False),
        ("<button aria-expanded='false'>Menu</button>", False),
        ("<button aria-expanded='false' class='menu-toggle'>Abrir</button>", False),
        ("<button aria-expanded='false'><svg></svg></button>", False),
    ],
)
def test_a_button_that_asks_or_heads_what_it_opens_is_read_outside_a_heading_too(button, said):
    page = f"<h2>Dúvidas</h2><div><div>{button}<div><p>Pelo site.</p></div></div></div>"
    words = " ".join(LexborHTMLParser(button).text().split())
    assert texts(page) == [*([words] if said else []), "Pelo site."]


def test_a_button_within_a_line_of_a_cell_stays_in_its_row():
    page = "<table><tr><td>Frete <button>É grátis?</button></td><td>Sim</td></tr></table>"
    assert texts(page) == ["Frete É grátis? | Sim"]


@pytest.mark.parametrize(
    ("link", "text"),
    [
        ('<a href="https://e.example/i?a=1">aqui</a>', "aqui (https://e.example/i?a=1)"),
        ('<a href="https://e.example/">e.example</a>', "e.example"),
        ('<a href="https://www.e.example">HTTPS://e.example/</a>', "HTTPS://e.example/"),
        ('<a href="/i">aqui</a>', "aqui"),
        ('<a href="javascript:x()">aqui</a>', "aqui"),
        ('ver <a href="https://e.example"><img></a>', "ver"),
        ("<a>aqui</a>", "aqui"),
    ],
)
def test_a_link_tells_where_it_leads(link, text):
    assert texts(f"<p>{link}</p>") == [text]


def test_empty_and_equal_cells_keep_their_columns():
    page = """<table><tr><td></td><th>Básico<th>Pro<th>VIP</tr>
    <tr><td>Matrícula<td>R$ 50<td>R$ 50<td>R$ 80</tr><tr><td><td></tr></table>"""
    assert texts(page) == ["| Básico | Pro | VIP", "Matrícula | R$ 50 | R$ 50 | R$ 80"]


def test_a_row_is_one_block_whatever_is_in_its_cells():
    page = "<table><tr><td><p>Wi-Fi</p><td><p></p><td><div>Sim</div><p>grátis</p></tr></table>"
    assert texts(page) == ["Wi-Fi | | Sim grátis"]


def test_a_cell_holds_for_all_columns_it_spans_and_a_whole_row_is_said_once():
    page = "<table><tr><td colspan=3>Preços</tr><tr><td>Aula<td colspan=2>R$ 50</tr></table>"
    assert texts(page) == ["Preços", "Aula | R$ 50 | R$ 50"]


def test_a_table_that_only_lays_a_page_out_is_read_under_its_headings():
    page = """<table><tr><td><h2>Preços</h2><p>R$ 120</p><table><tr><td>a<td>b</table></td>
    <td><h2>Horários</h2><p>Das 9 às 18</p></td></tr></table>"""
    found = [(block.headings, block.text) for block in read(DocumentKind.HTML, page.encode())]
    assert found == [
        (("Preços",), "R$ 120"),
        (("Preços",), "a | b"),
        (("Horários",), "Das 9 às 18"),
    ]
