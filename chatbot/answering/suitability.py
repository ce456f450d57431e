"""Whether the pages of a reply speak of what is remembered of the person: of a pregnancy, a drug, a child."""

from collections.abc import Sequence

from chatbot.reply import ReplyPage
from chatbot.texts import Texts
from chatbot.understanding.person.facts import Fact, words_for
from index.records import Hit


def unmentioned(facts: Sequence[Fact], pages: Sequence[ReplyPage], texts: Texts) -> tuple[str, ...]:
    """Return a sentence for each fact that no page speaks of, though one should: "None of these pages speaks of ...".

    A page speaks of it if its title, its question or a shown answer has a word for it (`person.toml`). Of a page
    without answers, which one may open, all answers count.
    """
    needed = dict(found for fact in facts if (found := words_for(fact)) is not None)
    shown = "\n".join(text for page in pages for text in _texts_of(page))
    missing = [what for what, pattern in needed.items() if pages and not pattern.search(shown)]
    words = texts["person"]
    return tuple(texts["reply"]["unmentioned"].format(value=words.get(f"of_{what}", what)) for what in missing)


def suitable_answers(facts: Sequence[Fact], hits: Sequence[Hit]) -> frozenset[str]:
    """Return the ids of the answers that speak, with their page's title and question, of some fact."""
    patterns = [found[1] for fact in facts if (found := words_for(fact)) is not None]
    return frozenset(
        hit.answer.id
        for hit in hits
        if any(
            pattern.search(f"{hit.thread.title}\n{hit.thread.question or ''}\n{hit.answer.text}")
            for pattern in patterns
        )
    )


def _texts_of(page: ReplyPage) -> list[str]:
    answers = [citation.answer for citation in page.citations] or page.thread.answers
    of_answers = [text for answer in answers for text in (answer.title, answer.text)]
    return [text for text in (page.thread.title, page.thread.question, *of_answers) if text]
