"""What the team tries is found and answered as a participant's question is, and sent to nobody."""

import pytest

from tests.cast import acting, only, rows
from tests.knowledge import stock
from wa_assistant.assistant import offline
from wa_assistant.knowledge import trials
from wa_assistant.knowledge.search import Thresholds, current_thresholds, thresholds
from wa_assistant.models import (
    AiCall,
    CallKind,
    Message,
    Outcome,
    Provider,
    Trial,
    UnansweredQuestion,
)
from wa_assistant.providers import circuit

pytestmark = pytest.mark.usefixtures("context")
no_model = pytest.mark.environment(OPENAI_API_KEY=None, OPENAI_BASE_URL=None)

EVA = "eva@example.com"
HOURS = "A padaria abre de segunda a sábado, das seis às vinte horas."
CAKES = "Temos bolo de milho e de cenoura todos os dias na padaria."
QUESTION = "Que horas a padaria abre na segunda?"


@pytest.fixture
def tried(work):
    def run(question=QUESTION, above=None, most=20) -> Trial:
        trials.ask(acting(EVA), question, above or current_thresholds(), most)
        work()
        newest: Trial = rows(Trial)[-1]
        return newest

    return run


def test_a_draft_rests_on_what_is_found_and_nothing_else_is_kept(app, openai, tried):
    openai.finds = lambda body: {"passages_used": [1, 9], "unanswered": ""}
    openai.reply = lambda body: "Das seis às vinte. Veja https://mal.example/x"
    stock.document("horarios.txt", HOURS, heading="Horários")
    trial = tried()
    assert trial.draft == "Das seis às vinte. Veja"
    assert (trial.used, trial.outcome, trial.model) == (
        [1],
        Outcome.ANSWERED,
        app.config["OPENAI_MODEL"],
    )
    (found,) = trial.results
    assert (found["document"], found["rank"], found["number"]) == ("horarios.txt", 1, 1)
    assert found["similarity"] is not None
    assert trial.latency is not None
    assert rows(Message) == rows(UnansweredQuestion) == []
    calls = [call for call in rows(AiCall) if call.kind != CallKind.DOCUMENT]
    assert [(call.kind, call.participant_id) for call in calls] == [(CallKind.TRIAL, None)] * 2
    assert calls[-1].cost == trial.cost > 0


def test_a_draft_that_is_nothing_but_a_strange_link_is_what_would_be_said_instead(openai, tried):
    openai.reply = lambda body: "https://mal.example/x"
    stock.document("horarios.txt", HOURS)
    assert tried().draft == offline.holding_sentence(QUESTION, "pt")


def test_a_higher_threshold_leaves_passages_out(openai, tried):
    openai.finds = lambda body: {"unanswered": QUESTION}
    stock.document("horarios.txt", HOURS)
    trial = tried(above=Thresholds(1.0, 1.0))
    assert [each["number"] for each in trial.results] == [None]
    told = " ".join(str(each["content"]) for each in openai.calls[-1]["messages"])
    assert "<documents>\nNothing was found that answers this.\n</documents>" in told
    assert trial.unanswered == QUESTION


def test_a_smaller_number_looks_at_fewer(openai, tried):
    stock.document("horarios.txt", HOURS)
    stock.document("bolos.txt", CAKES)
    assert len(tried().results) == 2
    assert len(tried(most=1).results) == 1


def test_without_documents_the_assistant_has_no_such_rule(openai, tried):
    openai.finds = lambda body: {"unanswered": QUESTION}
    trial = tried()
    assert (trial.results, trial.unanswered) == ([], "")
    assert "documents were searched" not in str(openai.calls[-1])


@no_model
def test_without_a_model_the_best_passage_is_quoted(tried):
    stock.document("horarios.txt", HOURS)
    trial = tried()
    assert HOURS in trial.draft
    assert "horarios.txt" in trial.draft
    assert (trial.model, trial.used) == (None, [1])
    trial = tried("Que horas a padaria abre no carnaval?", above=Thresholds(1.0, 1.0))
    assert "Uma pessoa da nossa equipe" in trial.draft
    assert trial.used == []


@no_model
def test_what_is_quoted_counts_as_answered_from(tried):
    stock.document("horarios.txt", HOURS)
    trial = tried("Que horas abre?", above=Thresholds(1.0, 1.0))
    assert HOURS in trial.draft
    assert [each["number"] for each in trial.results] == trial.used == [1]


def test_a_model_without_credit_is_left_alone(openai, tried):
    circuit.break_(Provider.MODEL, "no credit")
    stock.document("horarios.txt", HOURS)
    trial = tried()
    assert openai.calls == []
    assert "horarios.txt" in trial.draft


@pytest.mark.environment(OPENAI_REQUESTS_PER_MINUTE="1")
def test_a_trial_waits_for_no_limit_of_the_participants(openai, tried):
    stock.document("horarios.txt", HOURS)
    assert tried().draft
    trial = tried()
    assert (trial.draft, trial.outcome) == (None, trials.NO_ROOM)
    assert trial.results


def test_what_the_model_fails_at_is_said(openai, tried):
    openai.reply = lambda body: ""
    trial = tried()
    assert (trial.draft, trial.outcome) == (None, Outcome.UNUSABLE)


def test_the_oldest_make_room(monkeypatch, tried):
    monkeypatch.setattr(trials, "KEPT", 2)
    for question in ("Um?", "Dois?", "Três?"):
        tried(question)
    assert [each.question for each in trials.latest()] == ["Três?", "Dois?"]


def test_the_thresholds_in_force_are_those_of_answering(app):
    assert current_thresholds() == thresholds.of_model(app.config["OPENAI_EMBEDDING_MODEL"])
    only_one = trials.ask(acting(EVA), "Oi?", current_thresholds(), 20)
    assert only(Trial).id == only_one.id


def test_a_greeting_is_not_looked_up_as_it_is_not_in_a_conversation(openai, tried):
    stock.document("saudacao.txt", "Bom dia! Obrigada por escrever.")
    assert tried("Bom dia, tudo bem?").results == []
