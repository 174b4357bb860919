"""What was said, found by its words: newest first, and every word has to be there.

- sources.py: what is searched, and the words of it
- query.py: the words that are asked for; whether a text has them, and where
- index.py: which rows hold a word, by FTS5 on SQLite and by a tsvector under GIN on Postgres
- catching_up.py: keeps the index in step, a while after it was said
- finding.py: a page of what is found, also of what is not in the index yet
"""
