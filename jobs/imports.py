from wa_assistant.knowledge import golden
from wa_assistant.knowledge import prepare as preparation
from wa_assistant.knowledge import reindex as reindexing
from wa_assistant.knowledge.search import layout


def prepare(document_id: int) -> None:
    preparation.process(document_id)


def reindex() -> None:
    reindexing.go_on()


def lay_out() -> None:
    layout.go_on()


def measure(measurement_id: int) -> None:
    golden.run(measurement_id)
