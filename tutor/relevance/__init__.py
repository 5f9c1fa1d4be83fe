"""Which sentences answer a question, and whether any does: learned, not tuned by hand."""
