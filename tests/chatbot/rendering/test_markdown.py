"""Text from pages and people can't act as Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from chatbot.rendering.markdown import as_plain_markdown, as_text, harmless


def rendered(text: str) -> str:
    return MarkdownIt("gfm-like", {"linkify": False}).renderInline(as_plain_markdown(text))


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _thin_ `code` ~~gone~~",
        "![image](http://evil.invalid/x.png)",
        "[link](javascript:alert(1))",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a [1] and [2]",
        "http://evil.invalid www.evil.invalid mail@evil.invalid",
        "&lt;b&gt; &amp;",
        "$x^2$ | table | {{value}} ${value}",
        "back\\slash",
    ],
)
def test_markup_is_shown_as_the_characters_that_it_is(text):
    html = rendered(text)
    assert "<" not in html
    unescaped = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert unescaped == text


@given(st.text())
def test_any_text_gives_no_element(text):
    assert "<" not in rendered(text)


def test_a_bare_address_is_not_written_as_one():
    assert "http://" not in as_plain_markdown("see http://evil.invalid")
    assert "www." not in as_plain_markdown("see www.evil.invalid")
    assert "@" not in as_plain_markdown("mail me@evil.invalid")


def test_line_breaks_become_spaces():
    assert as_plain_markdown("# one\n\n- two") == "\\# one - two"


@given(st.text())
def test_plain_markdown_becomes_the_text_again(text):
    assert as_text(as_plain_markdown(text)) == " ".join(text.split())


def test_bold_is_dropped_in_text():
    assert as_text("**Call** 112 \\*now\\*") == "Call 112 *now*"


@given(st.text())
def test_what_is_harmless_already_comes_back_as_it_was(text):
    markdown = f"**{as_plain_markdown(text)}** wrote: “{as_plain_markdown(text)}” [1] [2]"
    assert harmless(markdown) == markdown


@given(st.text(alphabet="[]()<>!*_`\\|#&$~{}:/.@1a \n") | st.text())
def test_what_was_tampered_with_gives_bold_at_most(text):
    html = MarkdownIt("gfm-like", {"linkify": False}).renderInline(harmless(text))
    assert not re.search(r"<(?!/?strong>|br)", html)


def test_links_images_and_markup_of_a_tampered_reply_are_shown_as_characters():
    tampered = "<img src=x> ![a](http://e.invalid) [c](javascript:1) [1](x) [2]: y"
    html = MarkdownIt("gfm-like", {"linkify": False}).render(harmless(tampered))
    assert "<img" not in html
    assert "<a" not in html
