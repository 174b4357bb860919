"""What stands beneath an article: other pages that are recommended, and small print."""

import pytest

from tests.knowledge.reading.test_html_article import ARTICLE, TEXTS, passages, texts
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

# As most shops' pages are: no main, no article, and names of classes that tell nothing.
SHOP = """<!DOCTYPE html><html lang="pt-br"><head>
<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">
<title>Trocas | Ateliê Luz</title><script>var dataLayer=[{"page":"trocas"}];</script></head><body>
<div class="topo"><ul class="menu"><li><a href="/">Início</a></li><li><a href="/v">Vestidos</a></li>
<li><a href="/p">Promoções até 50% off</a></li></ul><input placeholder="Busca"></div>
<div id="cookies">Usamos cookies. <button>Aceitar todos</button></div>
<div class="conteudo"><h1>Trocas e devoluções</h1><p>A primeira troca é grátis.</p>
<h2>Quando não há troca</h2><p>Peças sem o lacre não são aceitas.</p>
<h2>Reembolso</h2><table><tr><th>Pagamento</th><th>Situação</th><th>Prazo</th></tr>
<tr><td rowspan="2">Cartão</td><td>Fatura aberta</td><td>5 dias</td></tr>
<tr><td>Fatura fechada</td><td>até 2 faturas</td></tr>
<tr><td>Pix</td><td>Qualquer</td><td>2 dias úteis</td></tr></table>
<p>O frete da volta é por nossa conta.</p></div>
<div class="veja"><h3>Você também pode gostar</h3><ul><li><a href="/1">Saia Coral R$ 129,90</a></li>
<li><a href="/2">Blusa Areia R$ 189,90</a></li></ul></div>
<div class="rodape">© 2026 Ateliê Luz Ltda. CNPJ 00.000.000/0001-00
<a href="#">Trabalhe conosco</a> <a href="#">Assine a newsletter e ganhe 10%</a></div>
</body></html>"""
CARDS = """<div><div><a href='/1'>Saia <b>longa</b></a> R$ 90</div>
<div><a href='/2'>Saia curta</a> R$ 80</div></div>"""
LINKS = "<a href='/p'>Sobre</a> | <a href='/q'>Contato</a>"


def test_a_shop_s_page_of_1998_in_its_own_encoding():
    found = [block.text for block in read(DocumentKind.HTML, SHOP.encode("iso-8859-1"))]
    assert found == [
        "A primeira troca é grátis.",
        "Peças sem o lacre não são aceitas.",
        "Pagamento | Situação | Prazo",
        "Cartão | Fatura aberta | 5 dias",
        "Cartão | Fatura fechada | até 2 faturas",
        "Pix | Qualquer | 2 dias úteis",
        "O frete da volta é por nossa conta.",
    ]
    lines = passages(SHOP)
    assert "Pagamento: Cartão · Situação: Fatura fechada · Prazo: até 2 faturas" in lines
    assert {"Quando não há troca", "Reembolso"} <= set(lines)


@pytest.mark.parametrize(
    "beneath",
    [
        f"<section><h2>Leia também:</h2><ul><li>{LINKS}</ul></section>",
        "<h3>Veja também</h3><p><a href='/a'>Dez dicas</a></p><p><a href='/b'>Cores</a></p>",
        f"<div><div><strong>Quem viu, comprou também</strong></div></div>{CARDS}",
        f"<div><h4>Produtos relacionados</h4></div>{CARDS}",
        f"<p>You may also like</p>{CARDS}",
        f"<h2>También te puede gustar</h2>{CARDS}",
        f"<div id='rodape'>© 2026 Loja Ltda. CNPJ 00.000.000/0001-00 {LINKS}</div>",
        f"<footer><p>Copyright 2026. Todos os direitos reservados.</p><p>{LINKS}</p></footer>",
        "<footer>© 2026 Loja</footer>",
    ],
)
def test_what_is_recommended_and_small_print_are_left_out(beneath):
    assert texts(ARTICLE + beneath) == TEXTS


@pytest.mark.parametrize(
    ("beneath", "kept"),
    [
        ("<h2>Veja também</h2><p>A entrega leva dois dias.</p>", "A entrega leva dois dias."),
        (
            "<h2>Produtos relacionados</h2><p>Há capas e <a href='/p'>vidros</a> para todos.</p>",
            "Há capas e vidros para todos.",
        ),
        ("<footer>© 2026. Rua do Sol, 10.</footer>", "© 2026. Rua do Sol, 10."),
        ("<footer>Veja a <a href='/t'>política</a> antes.</footer>", "Veja a política antes."),
        ("<div class='rodape'><p>Atendimento: 9h às 18h</p></div>", "Atendimento: 9h às 18h"),
        ("<footer><a href='tel:33'>3333-4444</a></footer>", "3333-4444"),
        ("<p>© Todos os direitos reservados.</p>", "© Todos os direitos reservados."),
        (f"<h3>Veja também</h3><p>Há mais.</p>{CARDS}", "Saia curta R$ 80"),
    ],
)
def test_what_may_be_said_to_a_customer_stays(beneath, kept):
    assert kept in texts(ARTICLE + beneath)


def test_a_page_of_such_titles_alone_is_read_in_the_time_its_length_takes():
    assert len(texts("<p>Veja também</p>" * 20_000)) == 20_000
