"""The old place of `chatbot.understanding.patterns`, for the rules of emergencies."""

from chatbot.understanding.patterns import any_of

__all__ = ["any_of"]
