from wa_assistant.knowledge import golden, search
from wa_assistant.knowledge import prepare as preparation
from wa_assistant.knowledge import reindex as reindexing


def prepare(document_id: int) -> None:
    preparation.process(document_id)


def reindex(vector_set_id: int) -> None:
    reindexing.go_on(vector_set_id)


def lay_out() -> None:
    search.lay_out_part()


def measure(measurement_id: int) -> None:
    golden.run(measurement_id)
