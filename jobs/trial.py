from wa_assistant.assistant import trial


def answer(trial_id: int) -> None:
    trial.answer(trial_id)
