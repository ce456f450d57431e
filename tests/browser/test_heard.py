"""What a screen reader reads of each state of the page, written out."""

import re
from textwrap import dedent

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import QUESTION, ask, cards, citation, last_reply, menu, on_a_phone

pytestmark = on_a_phone

BAR = """
- button "Menu"
- heading "Doctors' answers" [level=1]
- status: 19 answers on 2 pages
"""
ADVICE = "What was written to others, not advice for you. In an emergency call your local emergency number."


def hears(page: Page, place: str, text: str) -> None:
    """Compare what is read of a place, addresses left out, with `text`: all of it, in this order."""
    wanted = dedent(text).strip()
    read = ""
    for _ in range(50):  # what moves in, or is fetched, is waited for
        read = re.sub(r"\n *- /url: .*", "", page.locator(place).aria_snapshot())
        read = re.sub(r'(- link ".*"):(?=\n|$)', r"\1", read).strip()  # nothing but an address stood below it
        if read == wanted:
            return
        page.wait_for_timeout(100)
    assert read == wanted


def replied(page: Page) -> None:
    ask(page, QUESTION)
    expect(cards(page)).to_have_count(5)


def test_the_first_view(page: Page):
    expect(page.locator("#chat .example").first).to_be_visible()
    hears(page, "#bar", BAR)
    hears(
        page,
        "#talk",
        """
        - log "Conversation":
          - heading "Ask what doctors answered" [level=2]
          - paragraph: Find what doctors wrote to patients who asked something like it. You see whose words they are, and every source.
          - group:
            - button "How soon after Botox exercises of the face may be taken up again?"
            - button "Facial Massage/Exercises Post Botox?"
        - textbox "Your question":
          - /placeholder: Ask in your own words
        - button "Send"
        - paragraph: Not medical advice. Questions are not stored.
        """,
    )


def test_a_reply(page: Page):
    replied(page)
    hears(page, "#bar", BAR + '- button "New"')
    hears(
        page,
        "#talk",
        f"""
        - log "Conversation":
          - group "You asked":
            - paragraph: Can I do facial exercises right after Botox?
          - button "Edit"
          - group "The reply":
            - heading "10 doctors answered this on one page" [level=2]
            - paragraph: A patient asked the same
            - heading "Facial Exercises After Botox" [level=3]:
              - link "Facial Exercises After Botox"
            - paragraph: A patient asks how soon after Botox exercises of the face, for example around the eyes and on the forehead, may be taken up again.
            - heading "Doctor 5 on this page · summarised in our words" [level=4]
            - paragraph:
              - text: "This doctor reports that some instructions tell patients to exercise the face right after the injection, while keeping the fingers off the area: no pressing and no massage."
              - link "Source 1 Doctor 5 on this page"
            - heading "Doctor 4 on this page · summarised in our words" [level=4]
            - paragraph:
              - text: This doctor does not recommend facial exercises of any kind after Botox, but does recommend going easy for
              - strong: a few hours
              - text: once the treatment is done.
              - link "Source 2 Doctor 4 on this page"
            - heading "Doctor 8 on this page · summarised in our words" [level=4]
            - paragraph:
              - mark: Some may recommend using the facial muscles more after Botox, but this doctor has never prescribed it.
              - text: Patients are told to behave as they normally do and to have no facials for about a day.
            - paragraph:
              - mark: The reason is that the Botox or Dysport should not drift to an area that it was not meant for; using the muscles too much could, in theory, add to such drift.
              - text: The advice is to go through the day as usual and not to massage these muscles too much.
              - link "Source 3 Doctor 8 on this page"
            - group: Show 2 more doctors
            - button "Show 5 more answers of these pages"
            - paragraph: {ADVICE}
            - paragraph:
              - button "Copy"
              - button "Print"
              - button "Share"
          - button "Retry"
          - button "Undo"
        - paragraph: Also asked
        - button "Facial Massage/Exercises Post Botox?"
        - textbox "Your question":
          - /placeholder: Ask in your own words
        - button "Send"
        - paragraph: Not medical advice. Questions are not stored.
        """,
    )


def test_related_pages(page: Page):
    ask(page, "Can I donate blood after Botox?")
    hears(
        page,
        "#chat .bot.message",
        f"""
        - group "The reply":
          - heading "Not quite your question, but doctors answered these" [level=2]
          - list:
            - listitem:
              - heading "Facial Exercises After Botox" [level=3]:
                - link "Facial Exercises After Botox"
              - paragraph: A patient asks how soon after Botox exercises of the face, for example around the eyes and on the forehead, may be taken up again.
              - text: 10 answers
            - listitem:
              - heading "Facial Massage/Exercises Post Botox?" [level=3]:
                - link "Facial Massage/Exercises Post Botox?"
              - paragraph: "A patient had the last Botox treatment 5 months ago and wants to give it up: compared with before, the skin under the eyes sags and the skin of the cheeks is loose. Are facial exercises …"
              - text: 9 answers
          - paragraph: {ADVICE}
        """,
    )


def test_nothing_found(page: Page):
    ask(page, "How do I bake bread?")
    hears(
        page,
        "#chat",
        f"""
        - log "Conversation":
          - group "You asked":
            - paragraph: How do I bake bread?
          - button "Edit"
          - group "The reply":
            - heading "The reply" [level=2]
            - paragraph: I found nothing in these pages that answers this question, so I can't show you what doctors say about it.
            - paragraph: {ADVICE}
          - button "Retry"
          - button "Undo"
        """,
    )


def test_the_notice_of_an_emergency(page: Page):
    ask(page, "I can't breathe since my Botox")
    hears(
        page,
        "#urgent",
        """
        - alert "Call for help now":
          - heading "Call for help now" [level=2]
          - list:
            - listitem:
              - link "Call 112 Europe"
            - listitem:
              - link "Call 911 US and Canada"
            - listitem:
              - link "Call 999 UK"
          - paragraph:
            - text: This can be an emergency. Call
            - link "112"
            - text: (Europe),
            - link "911"
            - text: (US and Canada),
            - link "999"
            - text: (UK) or your local emergency number now. Don't wait for a reply here.
          - paragraph: "Not sure if it is that bad? Call all the same: they help you to decide."
          - 'button "I am not in danger: go on to the chat"'
        """,
    )


def test_the_sheet_of_sources(page: Page):
    replied(page)
    citation(last_reply(page), 1).click()
    expect(cards(page).first).to_be_focused()
    page.evaluate("document.querySelectorAll('#cards article ~ article').forEach(each => each.remove())")
    hears(
        page,
        "#conversation > [role=dialog]",
        """
        - dialog "Sources":
          - heading "Sources" [level=2]
          - paragraph: Of the reply to “Can I do facial exercises right after Botox?”
          - button "Close the sources"
          - article "Doctor 5 on this page":
            - heading "Doctor 5 on this page" [level=3]
            - paragraph: Summary in our own words, not the doctor's · close match
            - paragraph: Post treatment botulinum toxin massage instructions
            - paragraph: "This doctor reports that some instructions tell patients to exercise the face right after the injection, while keeping the fingers off the area: no pressing and no massage."
            - paragraph: "Page: Facial Exercises After Botox. Answer 5 on the page. Summary of the question-and-answer page \\"Facial Exercises After Botox\\"."
            - paragraph:
              - link "Back to where it is cited"
              - link "Read the whole page"
          - group: 5 more answers on these pages
        """,
    )


def test_a_question_that_is_changed(page: Page):
    ask(page, "How do I bake bread?")
    expect(last_reply(page)).to_contain_text("I found nothing")
    page.get_by_role("button", name="Edit").click()
    hears(
        page,
        "#chat",
        f"""
        - log "Conversation":
          - textbox "Change your question": How do I bake bread?
          - button "Submit"
          - button "Cancel"
          - group "The reply":
            - heading "The reply" [level=2]
            - paragraph: I found nothing in these pages that answers this question, so I can't show you what doctors say about it.
            - paragraph: {ADVICE}
          - button "Retry"
          - button "Undo"
        """,
    )


def test_the_drawer_of_conversations(page: Page):
    replied(page)
    page.wait_for_function("(localStorage.getItem('doctors-answers') ?? '').includes('massage')")
    today = page.evaluate("new Date().toLocaleDateString('en')")
    expect(menu(page)).to_be_visible()
    hears(
        page,
        "#conversations",
        f"""
        - dialog "Conversations":
          - banner:
            - heading "Conversations" [level=2]
            - button "Close"
          - searchbox "Search conversations"
          - list:
            - listitem:
              - button "Can I do facial exercises right after Botox?":
                - text: Can I do facial exercises right after Botox?
                - time: {today}
              - 'button "Rename: Can I do facial exercises right after Botox?"'
              - 'button "Delete: Can I do facial exercises right after Botox?"'
          - paragraph: Kept in this browser only. Whoever uses it can read them.
          - 'checkbox "This is a shared device: keep nothing"'
          - text: "This is a shared device: keep nothing"
          - paragraph:
            - button "Save this conversation"
            - button "Print this conversation"
            - button "Export all"
            - button "Import"
            - button "Delete all"
        """,
    )


@pytest.mark.offline
def test_a_reply_that_failed(page: Page):
    page.route("**/queue/join**", lambda route: route.fulfill(status=503, json={"detail": "Queue is full."}))
    ask(page, QUESTION)
    expect(page.locator("#gone")).to_be_visible()
    hears(
        page,
        "#texts",
        "- alert: The server can't take a question right now; perhaps too many people are asking. Please ask again in a moment.",
    )
    hears(
        page,
        "#dock",
        """
        - textbox "Your question":
          - /placeholder: Ask in your own words
          - text: Can I do facial exercises right after Botox?
        - button "Send"
        - paragraph: Not medical advice. Questions are not stored.
        """,
    )
