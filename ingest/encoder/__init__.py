"""The shipped bilingual sentence encoder (weights, tokenizer, model card) and how it was made."""
