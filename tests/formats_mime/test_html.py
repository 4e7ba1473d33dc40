"""HTML to text: lines, numbers of lists, and which lines were quoted, in the ways of many mail programs."""

import pytest

from coordinator.formats.html_text import to_text
from coordinator.formats.html_tokens import tokens

PAGES = [
    ("lines", "<div>one</div><div>two<br>three</div>four", "one\ntwo\nthree\nfour"),
    ("paragraphs", "<p>one</p><p>two</p>", "one\n\ntwo"),
    ("Word's paragraphs", '<p class="MsoNormal">one</p><p class="MsoNormal">&nbsp;</p><p class="MsoNormal">two</p>', "one\n\ntwo"),
    ("an empty line", "<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"),
    ("white space", "<div>  one\n  and \t<b>two</b> , <i>three</i>\n</div>", "one and two , three"),
    ("words of one tag beside another", "<b>one</b><i>two</i> three", "onetwo three"),
    ("cells", "<table><tr><td>From:</td><td>Ada</td></tr><tr><td>To</td></tr></table>", "From:\nAda\nTo"),
    ("a numbered list", "<ol><li>yes</li><li><p>45m</p></li><li value=7>no</li></ol>", "1. yes\n2. 45m\n7. no"),
    ("a list that starts later", '<ol start="3"><li>yes</ol>', "3. yes"),
    ("bullets", "<ul><li>one<li>two</ul>after", "- one\n- two\n\nafter"),
    ("lists in lists", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n\n- b\n\n2. c"),
    ("links", '<a href="https://x.example">the text</a>', "the text"),
    ("entities", "&lt;3 &amp; 4&nbsp;&eacute; &#128077; &bogus; &#0;", "<3 & 4 é 👍 &bogus; \ufffd"),
    ("an emoji as a picture", '<img src="x" alt="👍"> <img alt="logo"><img alt="Ö">', "👍"),
    ("preformatted", "<pre>a  b\n  c\n</pre>d", "a  b\n  c\n\nd"),
    ("style and script", "a<style>p{}</style><script>if (a < b) {}</script>b", "ab"),
    ("a comment", "a<!-- <p>no</p> -->b<!---->c<![if !x]>d<![endif]>e<?xml x?>f", "abcdef"),
    ("hidden", 'a<div style="DISPLAY : none">b<div>c</div></div>d<span hidden>e<span>f</span>g</span>h', "a\ndh"),
    ("a sign that is no tag", "I <3 you, 1 < 2 and 3 > 2", "I <3 you, 1 < 2 and 3 > 2"),
    ("a sign in an attribute", '<a title="a > b" href=\'x\'>t</a>', "t"),
    ("an attribute without an end", '<div title="never closed>text</div>', "text"),
    ("a tag without an end", "text <b", "text <b"),
    ("quotes", "a<blockquote>b<blockquote>c</blockquote>d</blockquote>e", "a\n\n> b\n\n> > c\n\n> d\n\ne"),
    ("an answer in a quotation", "<blockquote>q1</blockquote>yes<blockquote>q2</blockquote>no", "> q1\n\nyes\n\n> q2\n\nno"),
    ("Gmail's indent", '<blockquote style="margin:0 0 0 40px;border:none;padding:0px">mine</blockquote>', "mine"),
    ("Apple's indent", '<blockquote class="webkit-indent-blockquote" style="x">mine</blockquote>', "mine"),
    ("Gmail before 2018", '<div class="gmail_quote">On x, y wrote:<br><blockquote class="gmail_quote">q</blockquote>new</div>', "> On x, y wrote:\n\n> q\n\nnew"),
    ("Gmail forwards", '<div class="gmail_quote"><div class="gmail_attr">-- Forwarded --</div>text</div>', "> -- Forwarded --\n> text"),
    ("Outlook's line above", '<p>new</p><div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in"><p>From: x</p></div></div><p>old</p>', "new\n\n> From: x\n\n> old"),
    ("Outlook's line beside", '<div style="border:none;border-left:solid blue 1.5pt;padding:0in 0in 0in 4.0pt">old</div><div>new</div>', "> old\nnew"),
    ("Outlook in Outlook", '<div>new</div><div id="divRplyFwdMsg">From: a</div><div>old</div><div id="x_divRplyFwdMsg">From: b</div>older', "new\n> From: a\n> old\n> > From: b\n> > older"),
    ("Roundcube", '<p id="reply-intro">On x, y wrote:</p><blockquote>q</blockquote><p>new</p>', "> On x, y wrote:\n\n> q\n\nnew"),
    ("Hotmail", 'new<hr id="stopSpelling">From: x<br>old', "new\n> From: x\n> old"),
    ("a border that is no quotation", '<div style="border-top:1px solid #ccc">mine</div>', "mine"),
    ("ends without starts", "</div></b></blockquote>a</p></td>b", "a\nb"),
    ("an inline end around a quotation", "<font><blockquote>a</font>b</blockquote>c", "> ab\n\nc"),
    ("a paragraph that a quotation ends", "<p>a<blockquote>b</p>c</blockquote>d", "a\n\n> b\n> c\n\nd"),
    ("nothing", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text"), [page[1:] for page in PAGES], ids=[page[0] for page in PAGES])
def test_a_page_becomes_the_text_that_one_sees(html: str, text: str) -> None:
    assert to_text(html) == text


BOMBS = {
    "5,000 tags deep": "<div>" * 5_000 + "x" + "</div>" * 5_000,
    "5,000 quotations deep": "<blockquote>" * 5_000 + "x" + "</blockquote>" * 5_000 + "y",
    "comments": "<!--" * 100_000,
    "tags without end": "<a " * 100_000,
    "quoted signs": '<a b=">" ' * 50_000,
    "open quotes": '<a b="' * 50_000 + ">",
    "mixed quotes": "<a b='\"" * 50_000 + ">",
    "declarations": "<![CDATA[" * 100_000,
    "end tags": "</div" * 100_000,
    "unknown ends": "<div>" * 20_000 + "</x>" * 20_000,
    "styles": "<style>" * 100_000,
    "entities": "&#" * 200_000 + "&" * 100_000,
    "attributes": "<div " + "a=b " * 100_000 + ">x",
    "spaces in a tag": "<div a" + " " * 200_000 + ">x",
    "signs": "<" * 500_000,
    "lists": "<ol><li>" * 20_000,
    "hidden": "<span style='display:none'>" * 20_000,
    "intros": '<div class="gmail_quote">' * 20_000 + "<blockquote>x",
    "spaces": "<p>" + " \n" * 300_000,
    "one word": "x" * 1_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_page_made_to_hang_does_not(name: str) -> None:
    text = to_text(BOMBS[name])
    assert len(text) <= len(BOMBS[name]) + 1_000


def test_the_depth_of_marks_is_bounded() -> None:
    assert to_text("<blockquote>" * 5_000 + "x" + "</blockquote>" * 5_000 + "y") == "> " * 9 + "x\n\ny"


def test_ends_beyond_depth_256_lose_nothing() -> None:
    assert to_text("<div>" * 1_000 + "deep" + "</div>" * 1_000 + "after") == "deep\nafter"


def test_every_character_outside_of_tags_is_kept() -> None:
    html = "a<b>c</b d><e f='g>h'>i<!-- j -->k<l"
    assert "".join(text for name, text, _ in tokens(html) if name == "#") == "acik<l"
