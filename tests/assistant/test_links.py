"""Links in a reply lead only where the documents or the settings point; words stay as they are."""

import pytest

from tests.knowledge import stock
from tests.knowledge.papers import WITHOUT_A_KEY
from wa_assistant.assistant import formatting

pytestmark = pytest.mark.environment(**WITHOUT_A_KEY)

KEPT = [
    "Veja https://escola.com.br/cursos?a=1#b hoje.",
    "Veja HTTPS://ESCOLA.com.br, www.escola.com.br ou escola.com.br.",
    "Inscreva-se em https://inscricao.escola.com.br agora.",  # it stands in a heading only
    "*https://escola.com.br/a* e _escola.com.br_",
    "Escreva para oi@escola.com.br ou mailto:oi@escola.com.br?subject=x.",
    "Escola.Com.Br",
    "escola.com.br.Venha",
    "Segundo o documento precos.md, custa 120.",
    "Está em Lista de preços.md.",
    "Abrimos às 8.30, e/ou 24/7, por R$ 1.200/mês ou 9.5/10.",
    "A versão 1.2.3.4, p.ex., a.m./p.m., etc.",
    "Awww.que fofo",
    "arroba@casa, tel:+55 11, S.A. e Sr./Sra.",
]
REMOVED = [
    ("Veja https://evil.com\\@escola.com.br/x.", "Veja."),
    ("Veja https://escola.com.br@evil.com/ já", "Veja já"),
    ("Veja https://escola.com.br:80@evil.com já", "Veja já"),
    ("Veja https://escola.com.br.evil.com", "Veja"),
    ("Veja https://sub.escola.com.br/a", "Veja"),
    ("Veja https:/evil.com e http:evil.com", "Veja e"),
    ("Veja https://[::1]/x, http://[x e 10.0.0.1/x", "Veja, e"),
    ("Veja http://escola/x já", "Veja já"),  # a word of the documents, no domain
    ("Veja hxxp://evil.com, já", "Veja, já"),
    ("Veja https://escola。com e evil．com/x", "Veja e"),
    ("Veja https://evil\u200b.com/x", "Veja"),
    ("Veja http://еscola.com.br", "Veja"),  # with a Cyrillic letter
    ("Veja www.evil.online e evil.xyz/login.", "Veja e."),
    ("Entre em promo.click agora", "Entre em agora"),
    ("evil.app, evil.store, EVIL.COM, президент.рф, xn--e1afmkfd.xn--p1ai", ",,,,"),
    ("Fale com joao@evil.xyz.", "Fale com."),
    ("Fale com a.b@evil.com.Ok", "Fale com.Ok"),
    ("Veja (https://evil.com/x) e <https://evil.com> já", "Veja e já"),
    ("evil.com:8080/x e evil.com\\x", "e"),
    ("Diz evil.com.Agora vai", "Diz.Agora vai"),
    ("Veja outro.md hoje", "Veja hoje"),  # no document is called so
]
PARTED = [
    ("A aula é grátis.Se quiser, venha", "A aula é grátis. Se quiser, venha"),
    ("Abre às 9h.No sábado, às 10h.Em casa", "Abre às 9h. No sábado, às 10h.Em casa"),
    ("Vá a Evil.Com", "Vá a Evil. Com"),
    ("Vá a evil.com.Se", "Vá a. Se"),
]


@pytest.fixture(autouse=True)
def company(context):
    stock.document("precos.md", "Nosso site é escola.com.br; a Escola, com tudo.")
    stock.document(
        "Lista de preços.md", "120.", heading="Inscrição em https://inscricao.escola.com.br"
    )


@pytest.mark.parametrize("text", KEPT)
def test_what_the_company_names_and_what_is_no_link_stays(text):
    assert formatting.known_links_only(text) == text


@pytest.mark.parametrize(("text", "left"), REMOVED)
def test_what_a_messenger_or_a_browser_would_open_elsewhere_is_taken_out(text, left):
    assert formatting.known_links_only(text) == left


@pytest.mark.parametrize(("text", "parted"), PARTED)
def test_two_sentences_without_a_space_get_one_and_are_no_link(text, parted):
    assert formatting.known_links_only(text) == parted


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["a.", "a@", "a.b+c", "a-", "http:", "a.com", "1."])
def test_a_long_text_that_is_all_dots_is_read_quickly(piece):
    formatting.known_links_only(piece * 4000)
