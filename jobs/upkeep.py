from wa_assistant.operations import sweeper


def sweep() -> None:
    sweeper.sweep()
