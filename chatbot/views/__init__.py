"""Where doctors differ on a yes-or-no question: what each one's words say to it, if that is clear."""

from chatbot.views.differ import Quoted, Views, views_of
from chatbot.views.question import YesNoQuestion, question_going_on, yes_no_question
from chatbot.views.view import VIEWS, View, view_of

__all__ = [
    "VIEWS",
    "Quoted",
    "View",
    "Views",
    "YesNoQuestion",
    "question_going_on",
    "view_of",
    "views_of",
    "yes_no_question",
]
