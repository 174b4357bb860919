"""What surrounds a PDF's text: headings by their letters, heads of pages, forms and notes."""

from tests.knowledge.sheets import HEIGHT, Sheet, pdf
from wa_assistant.knowledge.reading.formats import read
from wa_assistant.models import DocumentKind

RULES = ("O aluno chega no horário e avisa quando falta.", "Quem falta três vezes perde a vaga.")


def found(*sheets: Sheet) -> list[tuple[tuple[str, ...], str]]:
    return [(block.headings, block.text) for block in read(DocumentKind.PDF, pdf(*sheets))]


def texts(*sheets: Sheet) -> list[str]:
    return [text for _, text in found(*sheets)]


def test_larger_letters_are_headings_and_bold_ones_are_below_them():
    sheet = Sheet().write(50, 60, "Manual da escola", 22).write(50, 100, "Faltas", 15)
    sheet.lines(50, 120, *RULES).write(50, 170, "Atrasos", bold=True)
    sheet.lines(50, 190, "Depois de dez minutos a porta fecha.")
    sheet.write(50, 230, "Férias", 15).lines(50, 250, "Em janeiro não há aula.")
    assert found(sheet) == [
        (("Manual da escola", "Faltas"), RULES[0]),
        (("Manual da escola", "Faltas"), RULES[1]),
        (("Manual da escola", "Faltas", "Atrasos"), "Depois de dez minutos a porta fecha."),
        (("Manual da escola", "Férias"), "Em janeiro não há aula."),
    ]


def test_a_heading_of_two_lines_is_one():
    sheet = Sheet().write(50, 60, "Condições gerais de", 18).write(50, 80, "uso da piscina", 18)
    sheet.lines(50, 110, *RULES)
    assert {headings for headings, _ in found(sheet)} == {("Condições gerais de uso da piscina",)}


def test_a_price_in_large_letters_is_no_heading_and_a_poster_has_none():
    sheet = Sheet().write(50, 60, "Curso de inglês", 16).lines(50, 90, *RULES)
    sheet.write(50, 130, "R$ 199,90", 24).lines(50, 160, "por mês, sem matrícula até maio.")
    assert "R$ 199,90 por mês, sem matrícula até maio." in " ".join(texts(sheet))
    poster = Sheet().write(50, 60, "Grande festa", 40).write(50, 120, "na quadra da escola", 30)
    poster.write(50, 160, "sábado às oito da noite", 20)
    assert "Grande festa" in " ".join(texts(poster))


def test_a_sentence_in_bold_within_the_text_is_none():
    sheet = Sheet().lines(50, 100, *RULES).write(50, 128, "A taxa não é devolvida.", bold=True)
    assert all(not headings for headings, _ in found(sheet))


def paged(count: int, *heads: str) -> list[Sheet]:
    return [
        Sheet()
        .write(50, 30, heads[number % len(heads)] if heads else "")
        .lines(50, 100 + 20 * number, f"Regra {'abcdefgh'[number]} diz o que vale neste caso.")
        .write(250, HEIGHT - 30, f"Página {number + 1} de {count}")
        for number in range(count)
    ]


def test_what_stands_on_each_page_is_said_once_and_its_number_never():
    said = texts(*paged(4, "Regimento da Escola Azul"))
    assert said[0] == "Regimento da Escola Azul"
    assert len(said) == 5
    assert not any("Página" in each for each in said)


def test_heads_of_odd_and_of_even_pages_are_said_once_each():
    said = " ".join(texts(*paged(6, "Escola Azul", "Regimento")))
    assert (said.count("Escola Azul"), said.count("Regimento")) == (1, 1)


def test_numbers_beside_a_head_and_alone_go_and_a_figure_stays():
    sheets = [
        Sheet()
        .write(50, 30, f"Regimento {number + 7}")
        .lines(50, 100 + 30 * number, f"Regra {number} do prédio vale.")
        .write(280, HEIGHT - 30, f"- {number + 7} -")
        for number in range(3)
    ]
    assert texts(*sheets) == [
        "Regimento",
        *(f"Regra {number} do prédio vale." for number in range(3)),
    ]
    assert texts(Sheet().lines(50, 30, "2026")) == ["2026"]
    ends = [Sheet().lines(50, 30, f"Capítulo {each}") for each in ("um", "dois", "três")]
    assert texts(*ends) == ["Capítulo um", "Capítulo dois", "Capítulo três"]


def test_what_was_filled_in_stands_after_its_label():
    sheet = Sheet().write(50, 100, "Nome completo:").write(50, 130, "Curso:")
    sheet.annotate(140, 88, 300, 104, "/Subtype /Widget /FT /Tx /T (t1) /V (Ana Müller)")
    sheet.annotate(90, 118, 300, 134, "/Subtype /Widget /FT /Ch /Ff 131072 /T (t2) /V (Inglês)")
    assert texts(sheet) == ["Nome completo: Ana Müller", "Curso: Inglês"]


def test_a_field_without_a_label_says_what_it_is_called():
    sheet = Sheet().write(50, 100, "Ficha")
    sheet.annotate(50, 500, 300, 516, "/Subtype /Widget /FT /Tx /T (f.tel) /TU (Telefone) /V (99)")
    sheet.annotate(50, 600, 300, 616, "/Subtype /Widget /FT /Tx /T (form.turno[0]) /V (noite)")
    said = " ".join(texts(sheet))
    assert "Telefone: 99" in said
    assert "turno: noite" in said


def test_a_note_is_read_and_a_link_is_none():
    sheet = Sheet().lines(50, 100, "A taxa é de R$ 10.")
    sheet.annotate(60, 90, 80, 110, "/Subtype /Text /Contents (Isenta para irmãos.)")
    sheet.annotate(60, 90, 80, 110, "/Subtype /Link /Contents (nada)")
    assert texts(sheet) == ["A taxa é de R$ 10.", "Isenta para irmãos."]
