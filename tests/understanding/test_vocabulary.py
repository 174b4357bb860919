"""The phrases are written as they are compared, and each means one thing to a reader."""

from itertools import combinations

from wa_assistant.understanding import vocabulary
from wa_assistant.understanding.matcher import Meaning, spelt, squeezed
from wa_assistant.understanding.vocabulary import answering, courtesy

UNAIDED = (courtesy.BESIDE_AN_ANSWER, answering.WILL_TELL, answering.HAS_NONE)


def test_no_phrase_means_two_things():
    everything = [phrase for each in Meaning for phrase in getattr(vocabulary, each.name)]
    assert len(everything) == len(set(everything))


def test_no_phrase_in_place_of_an_answer_means_two_things():
    for one, other in combinations(UNAIDED, 2):
        assert not {squeezed(each) for each in one} & {squeezed(each) for each in other}


def test_every_phrase_is_written_as_it_is_compared():
    for each in Meaning:
        for phrase in getattr(vocabulary, each.name):
            assert " ".join(spelt(phrase)) == squeezed(phrase)
