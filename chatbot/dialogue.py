"""What the chatbot does with a message, in the state that the conversation is in."""

from collections.abc import Sequence
from dataclasses import replace

from chatbot.answering.clarification import alternatives_for, doctors_for, subjects_for
from chatbot.answering.compose import Composer, as_related
from chatbot.answering.references import referred_answers, reply_to_reference
from chatbot.answering.suggestions import example_questions
from chatbot.answering.suitability import unmentioned
from chatbot.rendering.sentences import filters_as_text, person_as_text, unmatched_filter_text
from chatbot.reply import Reply
from chatbot.restoring import resolved_again
from chatbot.turns import ReplyKind, Turn, exchanges_of
from chatbot.understanding.followups import ResolvedQuery
from chatbot.understanding.intent import Intent, IntentName, Situation, intent_of
from chatbot.understanding.person import Fact, only_takes_back, remembered
from chatbot.understanding.person.whom import people_in
from chatbot.understanding.query import answers_question_back, questions_of, understood_in
from chatbot.understanding.references import Reference
from chatbot.understanding.urgency import (
    SUICIDE,
    Urgency,
    asks,
    asks_in_general,
    cannot_read,
    heading,
    is_known_notice,
    language_of,
    notice,
)
from chatbot.understanding.urgent_turns import dismisses_notice, urgency_after
from corpus.text.spelling import with_corrections
from index.search.filters import Filters

_EXAMPLES = 3


class DialoguePolicy:
    """Decides how a message is replied to after some turns. It changes nothing: a reply says which filters hold now."""

    def __init__(
        self,
        turns: Sequence[Turn],
        filters: Filters,
        composer: Composer,
        *,
        person: Sequence[Fact] = (),
        asked_for: Sequence[Fact] | None = None,
        country: str | None,
    ) -> None:
        """Take the state of a conversation.

        Args:
            filters: those that hold.
            person: what is remembered of the person, with what the message itself says.
            asked_for: those of these facts that are searched with; None for all.
            country: whose numbers an emergency is told with; None for the usual ones of the message's language.
        """
        self._turns = turns
        self._filters = filters
        self._composer = composer
        self._person = tuple(person)
        self._asked_for = self._person if asked_for is None else tuple(asked_for)
        self._country = country
        self._index = composer.index
        self._texts = composer.texts

    def reply(self, message: str, *, alone: bool, carrying: Sequence[str] | None = None) -> Reply:
        """Return the reply. Whether there is an emergency is looked at before anything else is made of a message.

        Args:
            alone: take the message by itself.
            carrying: the words of earlier messages that it is searched with; None for those that are found.
        """
        reply = self._to(message, alone=alone, carrying=carrying)
        missing = unmentioned(self._asked_for, reply.pages, self._texts)
        after = 1 if reply.said and is_known_notice(reply.said[0]) else 0
        return replace(reply, said=(*reply.said[:after], *missing, *reply.said[after:]), person=self._person)

    def _to(self, message: str, *, alone: bool, carrying: Sequence[str] | None) -> Reply:
        last = self._turns[-1] if self._turns else None
        dismissed = dismisses_notice(message, last)
        if dismissed and not asks(message):
            return self._pages_after_the_notice() or self._by_intent(message)
        urgency = urgency_after(message, self._turns)
        if urgency is not None:
            return self._urgent(message, urgency)
        taken_back = only_takes_back(message, remembered(self._turns))
        if taken_back:
            told = self._texts["reply"]["forgotten"].format(facts=person_as_text(taken_back, self._texts))
            return self._fixed((told,), message, intent="command")
        if alone or carrying is not None:
            asked = replace(self._understood(message, alone=alone), carried=tuple(carrying or ()))
            reply = self._composer.reply(asked, self._filters, self._asked_for)
            reply = replace(reply, removed=self._removed(message, kept=asked.carried))
        else:
            reply = self._by_intent(message)
        if last is not None and last.kind == "notice" and not dismissed and _says_too_little(reply):
            return self._notice_again(message, last)
        if reply.kind == "answer" and asks_in_general(message):
            reply = replace(reply, closing=(*reply.closing, self._texts["reply"]["when_to_seek_help"]))
        return reply

    def _removed(self, message: str, *, kept: Sequence[str]) -> tuple[str, ...]:
        """Return the words of earlier messages that a message would carry over, without those that it is to keep."""
        found = self._understood(message)
        corrected = self._index.query(found.text).corrected if found.carried else {}
        return tuple(phrase for phrase in found.carried if not {phrase, with_corrections(phrase, corrected)} & {*kept})

    def _notice_again(self, message: str, last: Turn) -> Reply:
        """Return the notice of the last reply again: "what do i do?" after it is no search, and "ok" no small talk."""
        reply = self._fixed((), message, intent="question", kind="notice")
        return replace(
            reply,
            urgent=last.urgent,
            notice=last.notice,
            notice_heading=last.notice_heading,
            closing=(self._texts["urgent"]["pages"],),
        )

    def _urgent(self, message: str, urgency: Urgency) -> Reply:
        """Return the notice, and how to ask for the pages: below it stands no quote."""
        closing = (self._texts["urgent"]["pages"],)
        reply = self._fixed((), message, intent="question", kind="notice")
        told = notice(urgency, country=self._country)
        return replace(reply, urgent=urgency.kind, notice=told, notice_heading=heading(urgency), closing=closing)

    def _by_intent(self, message: str) -> Reply:
        """Reply to a message by what it is taken for."""
        intent = intent_of(message, self._situation())
        reply: Reply | None = None
        if intent.reference is not None:
            reply = self._to_reference(intent.reference, message)
        elif intent.filters is not None:
            reply = self._narrowed(intent.filters, message, intent.name)
        elif intent.asked is not None:
            reply = self._which_alternative(intent, message)
        else:
            reply = self._fixed_reply(intent, message)
        if reply is not None:
            return reply
        return self._composer.reply(intent.asked or self._understood(message), self._filters, self._asked_for)

    def _situation(self) -> Situation:
        questions = questions_of(self._turns)
        return Situation(
            facets=self._index.facets,
            filters=self._filters,
            cited=referred_answers(self._turns, self._composer),
            questions=questions,
            asked_back=self._asked_back(),
            speaks_of_somebody=any(people_in(question)[0] for question in questions),
            vocabulary_overlap=self._index.vocabulary_overlap,
            resolved=self._understood,
        )

    def _asked_back(self) -> bool:
        """Whether the last reply was a question back."""
        return bool(self._turns) and self._turns[-1].kind == "clarification"

    def _to_reference(self, refers: Reference, message: str) -> Reply | None:
        if refers.request == "pages":
            return self._pages_after_the_notice()
        if refers.request == "which doctor" and not self._asked_back():
            choices = doctors_for(" ".join(message.split()), refers.doctors)
            return self._question_back("clarify_doctor", choices, message, intent="reference")
        return reply_to_reference(refers, message, self._turns, self._filters, self._composer)

    def _which_alternative(self, intent: Intent, message: str) -> Reply | None:
        """Ask which one is meant where "it" may be any of those that the last question names ("botox or dysport?")."""
        questions = questions_of(self._turns)
        if intent.name != "followup" or not questions or self._asked_back():
            return None
        choices = alternatives_for(" ".join(message.split()), questions[-1])
        return self._question_back("clarify_which", choices, message, intent="vague") if len(choices) > 1 else None

    def _question_back(self, text: str, choices: Sequence[str], message: str, *, intent: IntentName) -> Reply:
        """Return a short question and the choices, which are asked by one click."""
        said = (self._texts["reply"][text],)
        return replace(self._fixed(said, message, intent=intent, kind="clarification"), suggestions=tuple(choices))

    def _fixed_reply(self, intent: Intent, message: str) -> Reply | None:
        """Return the fixed sentence for what a message was taken for, or None for a question."""
        if intent.unknown is not None:
            said = unmatched_filter_text(intent.unknown, self._named(intent.unknown.field), self._texts)
            return self._fixed((said,), message, intent=intent.name)
        if intent.name == "filter":
            return self._fixed((self._texts["reply"]["no_such_filter"],), message, intent=intent.name)
        if intent.name == "vague":
            return self._question_back("clarify", subjects_for(message, self._index), message, intent="vague")
        if intent.name == "foreign":
            said = cannot_read(language_of(message) or "en", country=self._country)
            return self._fixed((said,), message, intent=intent.name)
        kind = "command" if intent.name == "command" else intent.small_talk
        if kind is None:
            return None
        said = self._texts["small_talk"][kind]
        said = said.format(**self._corpus()) if kind == "corpus" else said
        return self._fixed((said,), message, intent=intent.name)

    def _named(self, field: str) -> Sequence[str]:
        """Return the specialties that the corpus has, those with most answers first, or its places."""
        if field == "location":
            return self._index.values_of("location")
        return [specialty for specialty, _ in self._index.overview.specialties()]

    def _pages_after_the_notice(self) -> Reply | None:
        """Return what the pages have on the message that got a notice, or None if the last reply was none.

        After a notice of suicide these are pages without their answers, below the notice.
        """
        if not self._turns or self._turns[-1].kind != "notice":
            return None
        turn = self._turns[-1]
        at, _ = exchanges_of(self._turns)[-1]
        if at is None:
            return None
        asked = understood_in(self._turns[at].content, questions_of(self._turns[:at]), self._index, alone=True)
        reply = replace(self._composer.reply(asked, self._filters, self._asked_for), intent="reference")
        if turn.urgent != SUICIDE:
            return reply
        return replace(as_related(reply, self._texts), said=(turn.notice or "", self._texts["reply"]["related"]))

    def _understood(self, message: str, *, alone: bool = False) -> ResolvedQuery:
        """Return what a message is searched with; what answers a question back is searched with what that was asked."""
        asked = understood_in(message, questions_of(self._turns), self._index, alone=alone)
        before = self._turns[-2] if len(self._turns) > 1 and self._asked_back() else None
        if alone or before is None or before.role != "user" or not answers_question_back(message):
            return asked
        return replace(asked, carried=(*asked.carried, " ".join(before.content.split()).rstrip(" ?.!")))

    def _narrowed(self, filters: Filters, message: str, intent: IntentName) -> Reply:
        """Answer the last question again with new filters, unless they are by what the corpus does not tell."""
        untold = self._untold(filters)
        if untold is not None:
            return self._fixed((self._texts["reply"][f"untold_{untold}"],), message, intent=intent)
        searched = [at for at, turn in enumerate(self._turns) if turn.query and turn.kind != "reference"]
        if searched:
            asked = resolved_again(self._turns[: searched[-1] + 1])
            return replace(self._composer.reply(asked, filters, self._asked_for, again=True), intent=intent)
        words = self._texts["reply"]
        said = (
            words["filter_set"].format(filters=filters_as_text(filters, self._texts))
            if filters.any()
            else words["filter_lifted"]
        )
        return replace(self._fixed((said,), message, intent=intent), filters=filters)

    def _untold(self, filters: Filters) -> str | None:
        """Return which of the filters that are new is by what no record of the corpus has, or None."""
        least = {
            "min_rating": Filters(min_rating=0.0),
            "min_reviews": Filters(min_reviews=0),
            "since": Filters(since=""),
        }
        new = (name for name in least if getattr(filters, name) not in (None, getattr(self._filters, name)))
        return next((name for name in new if not self._index.browse(least[name], count=1)[1]), None)

    def _corpus(self) -> dict[str, object]:
        """Return what is told of the corpus."""
        manifest = self._index.manifest
        examples = "; ".join(example_questions(self._index, _EXAMPLES))
        return {"answers": manifest.answers, "threads": manifest.threads, "examples": examples}

    def _fixed(self, said: tuple[str, ...], message: str, *, intent: IntentName, kind: ReplyKind = "fixed") -> Reply:
        query = " ".join(message.split())
        disclaimer = self._texts["disclaimer"]["text"]
        return Reply(intent=intent, kind=kind, query=query, disclaimer=disclaimer, said=said, filters=self._filters)


def _says_too_little(reply: Reply) -> bool:
    """Whether a reply is nothing to say after the notice of an emergency."""
    leans = reply.intent in ("followup", "filter", "lift")
    return leans or (reply.kind in ("abstention", "related", "fixed", "clarification") and reply.intent != "reference")
