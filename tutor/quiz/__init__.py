"""Quizzes: items from notes, the gate they pass, grading, the bank, practice and export.

`generate` makes items of chunks, `validate` says what is wrong with one, `kinds` grades responses,
`store` keeps them, `practice` decides what comes next, `export` takes them along. Answering
questions is none of this package's business.
"""
