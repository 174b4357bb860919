"""The one door to the search in the documents; what is deeper is this package's own.

A query is looked up by its words and, where a model gives vectors, by its meaning (fusion.py). Only
active passages are found: what an upload is made into waits in the shadow until all of it is let in
at one moment. Vectors of one model and one dimension are a vector set, of which one serves.
"""

from .active import activate, deactivate, delete_shadow
from .embedding import EmbeddingAway, EmbeddingBusy, EmbeddingRefused
from .filling import count_embedded, embed, lack_vectors, without_vector
from .fusion import HAS_PASSAGES, RESULTS, Result, for_answer, is_empty, search
from .index import purge_deleted_words
from .layout import is_layout_outdated, lay_out, lay_out_part, word_columns
from .query import Word, words_of
from .thresholds import Thresholds, current_thresholds, default_thresholds
from .vector_sets import (
    begin_shadow_set,
    drop_retired_sets,
    is_model_outdated,
    newest_set,
    serve_if_complete,
    serving_set,
    set_for_new_passages,
    wanted_model,
)

__all__ = [
    "HAS_PASSAGES",
    "RESULTS",
    "EmbeddingAway",
    "EmbeddingBusy",
    "EmbeddingRefused",
    "Result",
    "Thresholds",
    "Word",
    "activate",
    "begin_shadow_set",
    "count_embedded",
    "current_thresholds",
    "deactivate",
    "default_thresholds",
    "delete_shadow",
    "drop_retired_sets",
    "embed",
    "for_answer",
    "is_empty",
    "is_layout_outdated",
    "is_model_outdated",
    "lack_vectors",
    "lay_out",
    "lay_out_part",
    "newest_set",
    "purge_deleted_words",
    "search",
    "serve_if_complete",
    "serving_set",
    "set_for_new_passages",
    "wanted_model",
    "without_vector",
    "word_columns",
    "words_of",
]
