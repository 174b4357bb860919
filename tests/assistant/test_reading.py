"""What models say in place of the JSON they were asked for, read as people read it."""

import json
import random
import time
from contextlib import suppress

import pytest

from wa_assistant.assistant import model, schema

SAID = {"reply": "Abrimos às 8h.", "answers": [], "wants_person": True, "passages_used": [1]}
WHOLE = json.dumps(SAID, ensure_ascii=False)
READ = schema.Reply("Abrimos às 8h.", wants_person=True, passages_used=(1,))


def replied(reply: str, **rest: object) -> str:
    return json.dumps({"reply": reply, **rest}, ensure_ascii=False)


@pytest.mark.parametrize(
    "said",
    [
        WHOLE,
        f"```json\n{WHOLE}\n```",
        f"```\n{WHOLE}\n```",
        f"```JSON {WHOLE}```",
        f"Aqui está:\n\n```json\n{WHOLE}\n```\nPosso ajudar em mais alguma coisa?",
        f"```json\n{WHOLE}",
        f"<think>\nThey ask {{when}}. A draft: {replied('Não sei.')}\n</think>\n\n{WHOLE}",
        f"They ask when we open.\n</think>\n{WHOLE}",
        f"<think>They ask when we open.\n{WHOLE}",
        f"<thinking>hm</thinking>{WHOLE}",
        f"<think>a</think><think>b</think>{WHOLE}",
        f"[THINK]hm[/THINK]{WHOLE}",
        f"<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>{WHOLE}",
        f"Claro! {WHOLE} Espero ter ajudado.",
        f"Use {{nome}} e responda: {WHOLE}",
        f"[{WHOLE}]",
        f'{{"answer": {WHOLE}}}',
        f'{{"response": {WHOLE}}}',
        f'{{"data": {{"result": {WHOLE}}}}}',
        f'{{"answer": [{WHOLE}]}}',
        f'{{"name": "answer", "arguments": {json.dumps(WHOLE)}}}',
        json.dumps(WHOLE),
        replied(WHOLE),
        replied(f"```json\n{WHOLE}\n```"),
        WHOLE.replace("reply", "message"),
        WHOLE.replace("reply", "resposta"),
        WHOLE.replace("reply", "Reply"),
        WHOLE[:-1] + ",}",
        WHOLE[:-1] + ",\n}",
        repr(SAID),
        WHOLE.replace('"reply"', "reply").replace('"answers"', "answers"),
        WHOLE[:-1],
        WHOLE[:-1] + ', "unanswered": "Que ho',
        WHOLE[:-1] + ', "unanswered"',
        WHOLE[:-1] + ', "unans',
        WHOLE[:-1] + ", ",
        WHOLE + "<|im_end|>",
        WHOLE + "</think>",
        WHOLE[1:],
        WHOLE.replace(', "answers"', ' "answers"'),
        f"<tool_call>{{'name': 'answer', 'arguments': {WHOLE}}}</tool_call>",
        f'[{{"type": "thinking", "thinking": [{{"type": "text", "text": "hm"}}]}}, {WHOLE}]',
        WHOLE + "\n" + replied("Outra."),
        f"<s>{WHOLE}</s>",
    ],
)
def test_an_answer_is_found_wherever_it_stands(said):
    assert model.read(said) == READ


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Abrimos às 8h.", "Abrimos às 8h."),
        ("```\nAbrimos às 8h.\n```", "Abrimos às 8h."),
        ("<think>hm</think>\nAbrimos às 8h.", "Abrimos às 8h."),
        ("Abrimos às 8h.\n<think>", "Abrimos às 8h."),
        ('"Abrimos às 8h."', "Abrimos às 8h."),
        ('["Abrimos às 8h."]', "Abrimos às 8h."),
        ("**Resposta:** Abrimos às 8h.", "Abrimos às 8h."),
        ("reply: Abrimos às 8h.\nanswers: []\nwants_stop: false", "Abrimos às 8h."),
        ("<reply>Abrimos às 8h.</reply>", "Abrimos às 8h."),
        ("Abrimos às 8h.<|eot_id|>", "Abrimos às 8h."),
        ('Abrimos às 8h.\n\n{"answers": [], "stage_complete": false}', "Abrimos às 8h."),
        ('{"role": "assistant", "content": "Abrimos às 8h."}', "Abrimos às 8h."),
        ('{"content": [{"type": "text", "text": "Abrimos às 8h."}]}', "Abrimos às 8h."),
        ('{"reply": ["Abrimos às 8h.", "Até já!"]}', "Abrimos às 8h.\n\nAté já!"),
        ('{"reply": {"text": "Abrimos às 8h."}}', "Abrimos às 8h."),
        ('{"type": "object", "properties": {"reply": "Abrimos às 8h."}}', "Abrimos às 8h."),
        ('{"thought": "hm", "answer": "Abrimos às 8h."}', "Abrimos às 8h."),
        ('{"text": "Abrimos às 8h.", "message": "Abrimos às 8h."}', "Abrimos às 8h."),
        ('{"reply": "Abrimos\nàs 8h."}', "Abrimos\nàs 8h."),
        ('{"reply": "Diga "oi", por favor", "answers": []}', 'Diga "oi", por favor'),
        ("{'reply': 'It's open', 'answers': []}", "It's open"),
        ('{"reply": "Temos "A", "B" ou "C".", "answers": []}', 'Temos "A", "B" ou "C".'),
        ('{"reply": """Abrimos\nàs 8h.""", "answers": []}', "Abrimos\nàs 8h."),
        ("{reply: `Abrimos às 8h.`}", "Abrimos às 8h."),
        ("- reply: Abrimos às 8h.\n- answers: []", "Abrimos às 8h."),
        ('{"choices": [{"message": {"content": "Abrimos às 8h."}}]}', "Abrimos às 8h."),
        ('{"reply": “Abrimos às 8h.”}', "Abrimos às 8h."),
        ("Olá {nome}!", "Olá {nome}!"),
        ('{"reply": "{nome}, abrimos às 8h."}', "{nome}, abrimos às 8h."),
        ('{"reply": "Escreva <think> no começo"}', "Escreva <think> no começo"),
        ("3", "3"),
    ],
)
def test_words_for_the_participant_are_the_reply(said, words):
    assert model.read(said).text == words


def test_what_stands_beside_the_words_is_kept():
    said = 'Tudo bem, paro por aqui.\n\n{"answers": [], "wants_stop": true}'
    assert model.read(said) == schema.Reply("Tudo bem, paro por aqui.", wants_stop=True)
    said = "reply: Chamo alguém.\nwants_person: true\nstage_complete: false"
    assert model.read(said) == schema.Reply("Chamo alguém.", wants_person=True)


@pytest.mark.parametrize(
    "said",
    [
        "<think>They ask when we open.",
        "<think>They ask.</think>",
        "hm</think>\n",
        json.dumps(schema.SCHEMA),
        json.dumps(schema.SCHEMA["schema"]),
        f"The schema is:\n{json.dumps(schema.SCHEMA['schema'], indent=1)[:300]}",
        '{"error": {"message": "model overloaded"}}',
        '{"error": "overloaded", "message": "try again"}',
        '{"answers": [{"name": "role", "value": "dev", "quote": "sou dev"}]}',
        '{"unanswered": "Que horas abrem?"}',
        '{"thought": "They ask when we open."}',
        '[{"type": "thinking", "thinking": [{"type": "text", "text": "hm"}]}]',
        "They ask when we open.</think>",
        '{"text": "Abrimos às 8h.", "message": "Fechamos às 18h."}',
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        '{"rep',
        "{",
        '[{"',
        "[]",
        "true",
        "``` ```",
        "<|im_end|>",
    ],
)
def test_what_holds_no_words_for_the_participant_cannot_be_used(said):
    with pytest.raises(schema.Unusable):
        model.read(said)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (r"Primeira linha\nSegunda", "Primeira linha\nSegunda"),
        (r"Oi!\n\n- um\n- dois", "Oi!\n\n- um\n- dois"),
        (r"Oi!\r\nTudo bem?", "Oi!\nTudo bem?"),
        (r"Ele disse \"oi\"", 'Ele disse "oi"'),
        (r"Promo\u00e7\u00e3o \ud83d\ude00", "Promoção 😀"),
        ("Uma linha\noutra\\n\\ne mais", "Uma linha\noutra\n\ne mais"),
        (r"Salve em C:\novo\tabela.txt", r"Salve em C:\novo\tabela.txt"),
        (r"Abra \\servidor\notas", r"Abra \\servidor\notas"),
        (r"O padrão é \d+\n", r"O padrão é \d+\n"),
        (r"Escreva `a\nb` assim", r"Escreva `a\nb` assim"),
        (r"Use \n para quebrar a linha", r"Use \n para quebrar a linha"),
        (r'Use print("a\nb")', r'Use print("a\nb")'),
        ("Uma\nDuas\\nTrês", "Uma\nDuas\nTrês"),
        ("Em duas linhas:\nuse a\\nb", "Em duas linhas:\nuse a\\nb"),
    ],
)
def test_what_was_escaped_twice_is_said_once_and_paths_and_code_stay(reply, words):
    assert model.read(replied(reply)).text == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('{"reply": "Abrimos às 8h. Fechamos às 18h. E aos sáb', "Abrimos às 8h. Fechamos às 18h."),
        ('{"reply": "Abrimos:\\n- seg: 8h\\n- ter', "Abrimos:\n- seg: 8h"),
        ('{"reply": "Abrimos às 8h.', "Abrimos às 8h."),
        ('{"reply": "Fale com o Dr. Silva e a Sra. Sou', None),
        ('{"reply": "Oi! Abrimos de segunda a sexta, das oito às dezoito horas, e aos sáb', None),
        ('{"reply": "Abr', None),
    ],
)
def test_of_a_reply_that_was_cut_off_whole_sentences_are_used(said, words):
    if words is None:
        with pytest.raises(schema.Unusable):
            model.read(said, finished=False)
    else:
        assert model.read(said, finished=False).text == words


def test_half_an_answer_is_none():
    role = {"name": "role", "value": "dev", "quote": "sou dev", "confidence": 1}
    said = replied("Oi", answers=[role, {"name": "goal", "value": "aprender"}])
    (found,) = model.read(said[: said.index("render")]).answers
    assert found.name == "role"


def test_plain_words_are_cut_only_where_the_server_says_they_were():
    assert model.read("Abrimos às 8h. Até logo", finished=False).text == "Abrimos às 8h."
    assert model.read("Abrimos às 8h. Até logo").text == "Abrimos às 8h. Até logo"


PIECES = (
    *"{}[]\",:'\\`<>|/()“”【】†\n\t ",
    *("a", "reply", '"reply"', '{"reply": "', "<think>", "</think>", "```", "```json", "\\n"),
    *(
        "[1]",
        "[^1]",
        "[[1]]",
        "<cite ",
        "citeturn0file2",
        "\\u00e7",
        "\\ud83d",
        "null",
        "1e999",
        "<|im_end|>",
        '"}',
        '": [',
        "\ud83d",
    ),
)
UNITS = (*PIECES, '{"a":', "[[", '{"reply": "a"} ', "{'a': ", "a\\nb", "`a", "(fonte ", '" ,', "{a")


@pytest.mark.parametrize("seed", range(40))
def test_nothing_is_raised_but_that_it_cannot_be_used(seed):
    chance = random.Random(seed)
    for _ in range(50):
        said = "".join(chance.choices(PIECES, k=chance.randrange(1, 40)))
        for text in (said, replied(said), WHOLE[: chance.randrange(len(WHOLE))] + said):
            with suppress(schema.Unusable):
                assert model.read(text, finished=chance.random() < 0.5, passages=3).text


@pytest.mark.parametrize("before", ["", '{"reply": "', '{"reply": ["'])
@pytest.mark.parametrize("unit", UNITS)
def test_the_effort_grows_as_the_text_does(unit, before):
    def seconds(characters: int) -> float:
        said = before + unit * (characters // len(unit))
        started = time.process_time()
        with suppress(schema.Unusable):
            model.read(said, passages=3)
        return time.process_time() - started

    short = min(seconds(12_500) for _ in range(2))
    assert seconds(100_000) < 0.3 + 16 * short  # eight times as long; squared it were 64
