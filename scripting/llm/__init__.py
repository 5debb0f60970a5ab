"""Language models behind one door: ``connect(uri)`` gives a back end, ``LlmSession`` asks it questions.

    with LlmSession(connect("embedded"), seed=0) as llm:
        answer = llm.ask(Question("refiner", "refine.S1", messages, schema))
        if answer is None:
            ...  # no model, or no useful answer: go on with what code knows

Imports are light: each back end loads its library at its first use.
"""

from __future__ import annotations

from scripting.llm.base import Answer, AnswerError, Backend, Message, Question, TransientError
from scripting.llm.cache import AnswerCache
from scripting.llm.connect import FORMS, connect, default_uri
from scripting.llm.session import LlmSession

__all__ = [
    "FORMS",
    "Answer",
    "AnswerCache",
    "AnswerError",
    "Backend",
    "LlmSession",
    "Message",
    "Question",
    "TransientError",
    "connect",
    "default_uri",
]
