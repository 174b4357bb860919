"""Marks by which models say where they have something from are not for the participant."""

import json

import pytest

from wa_assistant.assistant import model, schema


def replied(reply: str, **rest: object) -> str:
    return json.dumps({"reply": reply, **rest}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("Abrimos às 8h【4†source】.", "Abrimos às 8h."),
        ("Abrimos às 8h 【4:0†horarios.txt】【1】.", "Abrimos às 8h."),
        ("Abrimos às 8h [1].", "Abrimos às 8h."),
        ("Abrimos às 8h[1][2].", "Abrimos às 8h."),
        ("Abrimos às 8h [1, 2]. E fechamos [2] às 18h.", "Abrimos às 8h. E fechamos às 18h."),
        ("Abrimos às 8h[^1].\n\n[^1]: horarios.txt", "Abrimos às 8h."),
        ("Abrimos às 8h (passagem 1).", "Abrimos às 8h."),
        ("Abrimos às 8h [doc1].", "Abrimos às 8h."),
        ("Abrimos às 8h \ue200cite\ue202turn0search0\ue201.", "Abrimos às 8h."),
        ("Abrimos às 8h citeturn0search0turn0file12.", "Abrimos às 8h."),
        ("Abrimos às 8h \ue200citeturn0file2.", "Abrimos às 8h."),
        ("Abrimos às 8h 【turn0file2】 [turn0search1].", "Abrimos às 8h."),
        ("Abrimos às 8h【1-3†horarios.txt】.", "Abrimos às 8h."),
        ("Abrimos às 8h[^2^]. E aos sábados[^1^][^2^].", "Abrimos às 8h. E aos sábados."),
        ("Abrimos às 8h[^1^].\n\n[^1^]: horarios.txt", "Abrimos às 8h."),
        ("Abrimos às 8h ^[1]^.", "Abrimos às 8h."),
        ("Abrimos às 8h<sup>[2]</sup>.", "Abrimos às 8h."),
        ("[cite_start]Abrimos às 8h [cite: 1, 2].", "Abrimos às 8h."),
        ("Abrimos às 8h [citation:2].", "Abrimos às 8h."),
        ("Abrimos às 8h :contentReference[oaicite:0]{index=0}.", "Abrimos às 8h."),
        ("Abrimos <co: 0,1>às 8h</co: 0,1>.", "Abrimos às 8h."),
        ('Abrimos <cite index="1-2">às 8h</cite>.', "Abrimos às 8h."),
        ("Abrimos às 8h [[1]].", "Abrimos às 8h."),
        ("Abrimos às 8h [source: 1].", "Abrimos às 8h."),
        ("Traga a ficha [opcional].", None),
        ("Escreva [[7]] no assunto.", None),
        ("Elogie o turno 2: turn0 é o nome.", None),
        ("Responda [cite o motivo] aqui.", None),
        ("O <cone> e a <corda> ficam.", None),
        ("Digite [1] para vendas ou [2] para suporte", None),
        ("Responda [1] Pix, [2] cartão ou [1,2] os dois", None),
        ("[1] Pequena\n[2] Grande", None),
        ("Sala [7], por favor.", None),
        ("Escreva `lista[1]` assim.", None),
        ("【営業時間】8時", None),
        ("Leia [1](https://a.example).", None),
        ("Abrimos às 8h (fonte: horários).", None),
    ],
)
def test_marks_of_citation_go_and_what_only_looks_so_stays(reply, words):
    assert model.read(replied(reply, passages_used=[1, 2])).text == (words or reply)


def test_marks_of_several_makers_go_and_line_ends_that_were_spelled_stand():
    told = "O corte custa R$ 60,00【4:1†salao.pdf】 e o médio R$ 70,00[^2^].\\n\\nTraga a ficha "
    told += "[opcional]\ue200cite\ue202turn0file2\ue201."
    words = "O corte custa R$ 60,00 e o médio R$ 70,00.\n\nTraga a ficha [opcional]."
    read = model.read(replied(told))
    assert (read.text, read.passages_used) == (words, (2, 4))
    path = "Salve em C:\\temp\\notas e\nenvie por aqui."
    assert model.read(replied(path)).text == path


def test_numbers_are_citations_only_where_passages_were_told():
    assert model.read("Abrimos às 8h [1].").text == "Abrimos às 8h [1]."
    assert model.read("Abrimos às 8h [1].", passages=2) == schema.Reply(
        "Abrimos às 8h.", passages_used=(1,)
    )
    assert model.read(replied("Abrimos [2].", passages_used=[]), passages=2).passages_used == (2,)
