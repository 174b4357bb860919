"""What a participant means, told from their words alone: no model, no database, no network.

- commands.py: stop, come back, a person please, or to be asked whether to stop; and yes, no or
  unclear, as the reply to a prompt
- contexts.py: both, by where it is said: in a chat, to a prompt, by who has stopped
- questions.py: whether something is asked
- courtesies.py: greetings and thanks, left out of what is looked up in the documents
- vocabulary/: every phrase that the above know; a new stop word goes to vocabulary/stopping.py

They stand on matcher.py (words spelt alike, what phrases a message is made of, and what they mean),
grammar.py (how phrases are written down) and stems.py (words without endings).
"""
