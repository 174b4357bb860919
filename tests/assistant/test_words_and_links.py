"""What a reply may name: the company's addresses, the participant's, and words with a dot."""

import time

import pytest

from tests.knowledge import stock
from tests.knowledge.papers import WITHOUT_A_KEY
from wa_assistant.assistant import formatting

pytestmark = pytest.mark.environment(**WITHOUT_A_KEY)

SAID = """Meu e-mail é ana@padaria.example.br e o do meu sócio joao.silva@gmail.com
Meu site é www.docesdaana.com.br, e mandei planilha.zip e o print-1.mov
Vi em https://noticias.example.net/a?b=1"""
SAID_BACK = [
    "Anotei seu e-mail: ana@padaria.example.br. Está certo?",
    "Anotei: ANA@PADARIA.EXAMPLE.BR!",
    "O do seu sócio é joao.silva@gmail.com, certo?",
    "Seu site docesdaana.com.br está no ar?",
    "Vou olhar https://www.docesdaana.com.br/cardapio agora.",
    "Recebi planilha.zip e print-1.mov, obrigado.",
    "A notícia de noticias.example.net fala disso.",
    "(ana@padaria.example.br)",
]
NOT_SAID = [
    ("Escreva para suporte@gmail.com já", "Escreva para já"),
    ("O e-mail é joao.silva@gmail.com.evil.net mesmo", "O e-mail é mesmo"),
    ("Veja https://evil.docesdaana.com.br já", "Veja já"),
    ("Veja docesdaana.com agora", "Veja agora"),
    ("Baixe outra.zip agora", "Baixe agora"),
]
NAMES = [
    "Usamos Node.js e o README.md do projeto",
    "Aceitamos reservas pelo Booking.com e pelo telefone.",
    "Estamos no Booking.com, no Hotels.com e no Expedia.com.br.",
    "Reserve no booking.com ou aqui.",
    "Sua conta gov.br precisa ser prata.",
    "Feito em ASP.NET, VB.NET e .NET 8.",
    "Usamos Vue.js, Next.js, Socket.io e D3.js.",
    "A Padaria Central S.A. e a Doces Ltda. são nossas.",
    "Traga documentos, e.g. RG, i.e. um com foto.",
    "Custa 3.5, ou 1.234,56, ou R$ 1.999.900.",
    "A versão 10.2.33.1 saiu, e o item 4.12.1.3 mudou.",
    "Veja o CHANGELOG.md e o arquivo notas_de_hoje.md.",
    "Rode setup.py e depois install.sh.",
    "O arquivo relatorio.py calcula isso.",
    "Domínios .com e .com.br custam o mesmo.",
    "Entre em contato pelo Booking.com.",
    "Chegue às 8 em ponto com o documento.",
    "A foto 1.jpg, o contrato.pdf e a planilha.xlsx chegaram.",
    "Fale com o Dr. Pedro, na Av. Brasil, nº 10.",
    "Isso é p.ex. no 1.º andar, às 8.30.",
    "Look at the menu. It is new.",
    "Ela tem M.Sc. e Ph.D., p.s.eu também.",
    "A Silva Ltda.ME fica no centro.",
    "Pagamento via Pag.ai, deploy na Fly.io.",
    "O @padaria.oficial é nosso perfil.",
    "Vendemos mais no Expedia.com.br do que na loja.",
    "Nossos parceiros: Expedia.com.br e Decolar.com.",
    "A compra pelo Decolar.com tem outro prazo.",
    "O pagamento no Decolar.com é em dólar.",
]
HIDDEN = [
    ("Acesse www . golpe . com agora", "Acesse agora"),
    ("Acesse golpe . com agora", "Acesse agora"),
    ("Acesse golpe .com agora", "Acesse agora"),
    ("Acesse w w w . golpe . com . br já", "Acesse já"),
    ("Acesse www. golpe.com já", "Acesse já"),
    ("Acesse golpe[.]com já", "Acesse já"),
    ("Acesse golpe (ponto) com já", "Acesse já"),
    ("Acesse www ponto golpe ponto com já", "Acesse já"),
    ("Acesse golpe ponto com ponto br já", "Acesse já"),
    ("Escreva a ana (arroba) golpe (ponto) com já", "Escreva a já"),
    ("Escreva a ana arroba golpe ponto com já", "Escreva a já"),
    ("Veja h t t p s : / / golpe.com/x já", "Veja já"),
    ("Veja hxxps://golpe[.]com/x já", "Veja já"),
    ("Veja https:// golpe . com já", "Veja já"),
    ("Veja gol\u200bpe.com já", "Veja já"),
    ("Veja golpe\u2060.\u200dcom já", "Veja já"),
    ("Veja go\u00adlpe.c\ufe0fom já", "Veja já"),
    ("Veja golpe.\u202ecom já", "Veja já"),
    ("Veja golpe.ｃｏｍ já", "Veja já"),
    ("Veja http://203.0.113.7 e 203.0.113.7:80 já", "Veja e já"),
    ("Acesse 203.0.113.7 já", "Acesse já"),
    ("Veja http://3405803783/x, http://0xCB007107/ já", "Veja, já"),
    ("Veja http://0xcb.0x0.0x71.0x7/ e 0xcb.0x0.0x71.0x7/x já", "Veja e já"),
    ("Veja http://[2001:db8::1]:80/x e https://[::ffff:1.2.3.4] já", "Veja e já"),
    ("Veja https://empresa.com.br@evil.com/ já", "Veja já"),
    ("Veja https://empresa.com.br%40evil.com já", "Veja já"),
    ("Veja https://empresa.com.br:x@evil.com#a já", "Veja já"),
    ("Veja https://xn--emprsa-bva.com.br já", "Veja já"),
    ("Veja https://еmpresa.com.br e Еmpresa.com já", "Veja e já"),
    ("Veja [empresa.com.br](https://evil.com/x) já", "Veja empresa.com.br já"),
    ("Veja [aqui](http://evil.com) já", "Veja aqui já"),
    ("![x](https://evil.com/p.png) Olá", "x Olá"),
    ("Acesse Evil.com agora", "Acesse agora"),
    ("Nosso site é Evil.com mesmo", "Nosso site é mesmo"),
    ("Site: Evil.com e só", "Site: e só"),
    ("O link oficial: Evil.com", "O link oficial:"),
    ("Pague em Evil.com hoje", "Pague em hoje"),
    ("Compre pelo Evil.com hoje", "Compre pelo hoje"),
    ("Mais em Evil.com hoje", "Mais em hoje"),
    ("Abrimos às 8h. Mais detalhes em Evil.com hoje", "Abrimos às 8h. Mais detalhes em hoje"),
    ("Confira a oferta: Evil.com hoje", "Confira a oferta: hoje"),
    ("Saiba mais: Evil.com hoje", "Saiba mais: hoje"),
    ("Saiba mais 👉 Evil.com hoje", "Saiba mais 👉 hoje"),
    ("Você pode reservar já no Evil.com.br hoje", "Você pode reservar já no hoje"),
    ("Paga en Evil.com hoy", "Paga en hoy"),
    ("Learn more at Evil.com today", "Learn more at today"),
    ("EMPRESA.COM agora", "agora"),
    ("whatsapp://send?x=1 e intent://x e ftp://evil.com já", "e e já"),
]
OURS = [
    ("Veja www . empresa . com . br hoje", "Veja www.empresa.com.br hoje"),
    ("Veja empresa[.]com[.]br hoje", "Veja empresa.com.br hoje"),
    ("Veja https://empresa.com.br. Venha!", "Veja https://empresa.com.br. Venha!"),
    ("Veja www.empresa.com.br . Venha!", "Veja www.empresa.com.br . Venha!"),
]


@pytest.fixture(autouse=True)
def company(context):
    stock.document("sobre.md", "Nosso site é empresa.com.br, e só ele.")


def sent(text: str, said: str = "") -> str:
    return formatting.known_links_only(formatting.for_whatsapp(text), said)


@pytest.mark.parametrize("text", SAID_BACK)
def test_what_the_participant_named_may_be_said_back(text):
    assert sent(text, SAID) == text
    assert sent(text) != text


@pytest.mark.parametrize(("text", "left"), NOT_SAID)
def test_what_is_like_it_may_not(text, left):
    assert sent(text, SAID) == left


@pytest.mark.parametrize("text", NAMES)
def test_words_with_a_dot_that_are_no_address_stay(text):
    assert sent(text) == text


def test_sentences_without_a_space_between_them_are_no_address():
    text = "Entregamos amanhã.Se preferir, retire na loja.É grátis! O boleto.pdf vai por aqui, "
    text += "a nota sai pelo Gov.br, e o sistema usa ASP.NET e Vue.js 3.5."
    assert sent(text) == text.replace("amanhã.Se", "amanhã. Se")


@pytest.mark.parametrize(("text", "left"), HIDDEN)
def test_an_address_is_seen_however_it_is_written(text, left):
    assert sent(text) == left


@pytest.mark.parametrize(("text", "plain"), OURS)
def test_a_known_one_can_be_opened(text, plain):
    assert sent(text) == plain


@pytest.mark.parametrize(
    "piece",
    [
        "a .",
        "www . ",
        "a[.]",
        "a arroba ",
        "h t t p",
        "ponto com ",
        "A.b",
        "\u200b",
        "w ",
        "a.",
        "h t t p s : / / ",
        "\u200b.\u2060com ",
    ],
)
@pytest.mark.timeout(20)
def test_long_texts_of_such_pieces_are_read_quickly(piece):
    started = time.process_time()
    assert not {"\u200b", "\u2060"} & set(formatting.known_links_only(piece * 4000))
    assert time.process_time() - started < 5
