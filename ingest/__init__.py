"""The write side: notes in, index out. Knows nothing about language models, quizzes or pages."""
