"""What a model thinks aloud goes out to nobody, whatever its maker puts round it."""

import pytest

from wa_assistant.assistant import model, schema

WORDS = "No sábado abrimos das 10h às 14h."
JSON = f'{{"reply": "{WORDS}", "answers": []}}'
THOUGHT = "The user asks about Saturday. Passage 2: sábado 10:00-14:00."
START = "<|start|>assistant"
AS_JSON = "<|channel|>final <|constrain|>json<|message|>"

BEFORE = [
    f"<|channel|>analysis<|message|>{THOUGHT}<|end|>{START}<|channel|>final<|message|>",
    f"<|channel|>analysis<|message|>{THOUGHT}<|end|>{START}{AS_JSON}",
    f"{START}<|channel|>analysis<|message|>{THOUGHT}<|end|>{START}<|channel|>final<|message|>",
    f"{START}<|channel|>commentary<|message|>{THOUGHT}<|end|>{START}<|channel|>final<|message|>",
    f"analysis{THOUGHT}assistantfinal",
    f"analysis{THOUGHT} A draft: {{}}assistantcommentaryhmassistantfinal",
    f"<|START_THINKING|>{THOUGHT}<|END_THINKING|><|START_RESPONSE|>",
    f"<|inner_prefix|>{THOUGHT}<|inner_suffix|>",
    f"◁think▷{THOUGHT}◁/think▷",
    f"<unused94>thought\n{THOUGHT}<unused95>",
    f"<|channel>thought\n{THOUGHT}<channel|>",
    f"<think>{THOUGHT}</think>",
]
UNENDED = [
    "<|channel|>analysis<|message|>The user asks about Saturday. We need to look",
    f"{START}<|channel|>analysis<|message|>The user asks about Saturday",
    "analysisThe user asks about Saturday. We need to look",
    "<|START_THINKING|>The user asks",
    "◁think▷The user asks",
    "<unused94>thought\nThe user",
]


@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.parametrize("said", [JSON, WORDS], ids=["json", "words"])
def test_only_what_was_said_after_it_is_the_reply(before, said):
    assert model.read(before + said).text == WORDS


@pytest.mark.parametrize("said", UNENDED)
@pytest.mark.parametrize("finished", [True, False])
def test_thoughts_that_were_cut_off_are_no_reply(said, finished):
    with pytest.raises(schema.Unusable):
        model.read(said, finished=finished)


@pytest.mark.parametrize(
    "said",
    [
        "A análise fica pronta na sexta.",
        "Analysis of your order: it is on its way.",
        "Escreva analysis no assunto.",
        "O canal <final> é o da TV.",
    ],
)
def test_words_that_only_look_like_it_stay(said):
    assert model.read(said).text == said
