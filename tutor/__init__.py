"""The read side: questions to answers, chunks to quizzes. Knows nothing about the page."""
