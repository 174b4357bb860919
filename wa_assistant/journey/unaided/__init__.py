"""A stage's questions and answers where no model is asked: code hears the answer and asks on.

- next_question.py: which question comes next, and whether it was put to the participant
- hearing.py: which of their messages answer it, or others of the stage
- reading.py, numbers.py, naming.py: a value, a number and a name within what people say
- no_answer.py: what is written in place of an answer: a courtesy, a bare yes, a refusal
- leads.py: what stands before the words that follow: "Anotado!", that a question was passed on

`assistant/plan.py` does what follows from them.
"""
