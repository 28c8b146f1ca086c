"""HTML becomes the words a reader would see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit_email import html
from complaintkit_email.mime import Budget


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>one</p><p>two &amp; three</p>", "one\n\ntwo & three"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<ul><li>x<li>y</ul>", "* x\n  * y"),
        ("<style>p{}</style><script>alert(1)</script><!-- no --><p>yes</p>", "yes"),
        ('<div style="color:red;display : none">no</div><div style="color:red">yes</div>', "yes"),
        ('<p style="margin-top:99999999em">a</p><p>b</p>', "a\n\nb"),
        ("<div>a<div>b", "a\nb"),
        ("no markup", "no markup"),
        ("", ""),
    ],
)
def test_words(markup: str, text: str) -> None:
    """Lines, rows and lists stand where a browser puts them; scripts, styles and what is hidden do not show."""
    assert text == html.words(markup, Budget())


def test_words_deeper_than_the_parser_goes_are_not_lost() -> None:
    """Words within hundreds of elements are taken without laying them out, and that is told."""
    budget = Budget()

    assert "deep" == html.words("<div>" * 5_000 + "deep" + "</div>" * 5_000, budget)
    assert ["The HTML is too large or too deep to lay out; only its words were taken."] == list(budget.problems)


def test_budget_is_shared_by_all_parts() -> None:
    """Many parts together are laid out no further than one large part would be."""
    budget = Budget()
    markup = "<p>word</p>" + "<b>x</b>" * 30_000
    texts = [html.words(markup, budget) for _ in range(30)]

    assert {
        "The HTML is too large or too deep to lay out; only its words were taken.": None,
        "Only 2,000,000 characters of the HTML were looked at.": None,
    } == budget.problems
    assert 4 + 2_000_000 // len(markup) + 1 == sum(text.startswith("word") for text in texts)
    assert 0 == budget.html_looked_at


@given(st.text(st.sampled_from("<>/!-pbdivscriptyle= \"'&;a\n"), max_size=200))
def test_any_markup_is_taken_apart(markup: str) -> None:
    """Broken markup raises nothing, and neither way leaves a tag that would run."""
    for text in (html.words(markup, Budget()), html.without_tags(markup)):
        assert "<script>" not in text


def test_charset_of_the_head() -> None:
    """The charset of HTML is found in both ways of writing it."""
    assert "koi8-r" == html.charset(b'<meta charset="koi8-r">')
    assert "windows-1251" == html.charset(b'<META http-equiv=x content="text/html; charset=windows-1251">')
    assert "" == html.charset(b"<p>charset=none</p>")
