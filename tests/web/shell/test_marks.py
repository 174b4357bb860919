"""WhatsApp's marks are shown as on the phone, and let nothing else through."""

import pytest

from wa_assistant.web.shell.marks import marked, unmarked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Responda *sim* ou _não_, ~talvez~.",
            "Responda <strong>sim</strong> ou <em>não</em>, <s>talvez</s>.",
        ),
        ("*_~tudo~_*", "<strong><em><s>tudo</s></em></strong>"),
        ("(*sim*)", "(<strong>sim</strong>)"),
        ("*a*_b_", "<strong>a</strong><em>b</em>"),
        ("_um snake_case dentro_", "<em>um snake_case dentro</em>"),
        ("*um*\n*dois*", "<strong>um</strong>\n<strong>dois</strong>"),
        ("```a *b* <i>\n_c_``` *d*", "<code>a *b* &lt;i&gt;\n_c_</code> <strong>d</strong>"),
        ("*a ```b* c```", "*a <code>b* c</code>"),
        ("``` *a*", "``` <strong>a</strong>"),
    ],
)
def test_marks_are_elements(text, shown):
    assert marked(text) == shown


@pytest.mark.parametrize(
    "text",
    ["2*3*4", "snake_case_name", "*a\nb*", "* a*", "*a *", "**", "*", "5 * 3 * 2", "_", "a~b~c"],
)
def test_what_marks_nothing_stays_as_it_is(text):
    assert marked(text) == text == unmarked(text)


@pytest.mark.parametrize("text", ["CPF ***.123.456-**", "__init__.py", "**a**", "~~a~~"])
def test_marks_that_stand_together_mark_nothing(text):
    assert marked(text) == text == unmarked(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*<script>alert(1)</script>*", "<strong>&lt;script&gt;alert(1)&lt;/script&gt;</strong>"),
        ('_" onclick="x_', "<em>&#34; onclick=&#34;x</em>"),
        ("<*b*>", "&lt;<strong>b</strong>&gt;"),
        ("&lt;*b*", "&amp;lt;<strong>b</strong>"),
        ("*{0} {}*", "<strong>{0} {}</strong>"),
        ("javascript:*alert*", "javascript:<strong>alert</strong>"),
    ],
)
def test_all_else_is_escaped(text, shown):
    assert marked(text) == shown


LINK = '<a href="{0}" rel="nofollow noopener noreferrer" target="_blank">{0}</a>'


@pytest.mark.parametrize(
    ("text", "address", "shown"),
    [
        ("https://example.com/_a_/(*b*)", "https://example.com/_a_/(*b*)", "{}"),
        ("*https://example.com*", "https://example.com", "<strong>{}</strong>"),
        ("_veja https://a.example/b_c já_", "https://a.example/b_c", "<em>veja {} já</em>"),
    ],
)
def test_an_address_keeps_its_marks_and_is_a_link(text, address, shown):
    assert marked(text) == shown.format(LINK.format(address))


@pytest.mark.parametrize("address", ["example.com/_a_", "Www.example.com/_a_", "bb.org:80/?a=*a*"])
def test_an_address_without_its_scheme_keeps_its_marks_too(address):
    assert marked(address) == LINK.replace("{0}", "https://{0}", 1).format(address)
    assert unmarked(address) == address


@pytest.mark.parametrize("text", ["empresa.com.br/_a_", "loja.app?x=*a*"])
def test_an_address_that_is_no_link_keeps_its_marks(text):
    assert marked(text) == text == unmarked(text)


def test_a_preview_is_without_marks():
    assert unmarked("_Quem *responde*_ em https://example.com/_a_") == (
        "Quem responde em https://example.com/_a_"
    )


@pytest.mark.parametrize("piece", ["*_~", " *a", "_a", "*_", "a.", "-a", "ab.-", "```", "```a "])
def test_a_text_of_nothing_but_marks_is_survived(piece):
    assert marked(piece * 20_001)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Custa R$ 49,90 à vista", "Custa R$\xa049,90 à vista"),
        ("*R$ 5* ou US$ 1", "<strong>R$\xa05</strong> ou US$\xa01"),
        ("€ 20, £ 3", "€\xa020, £\xa03"),
        ("R$ ou 5", "R$ ou 5"),
        ("```R$ 5```", "<code>R$ 5</code>"),
    ],
)
def test_a_sum_of_money_stays_on_one_line(text, shown):
    assert marked(text) == shown
