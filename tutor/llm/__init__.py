"""Engines for answers, each a LangChain chat model behind one message type.

Knows how to write an answer from passages; knows nothing about retrieval.
"""
