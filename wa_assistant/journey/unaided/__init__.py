"""A stage's questions and answers where no model is asked: code hears the answer and asks on.

- next_question.py: which question comes next, and whether it was put to the participant
- hearing.py: which of their messages may answer it
- no_answer.py: what is written in place of an answer: a courtesy, a bare yes, a refusal

`assistant/plan.py` does what follows from them.
"""
