"""Replies, forwards, auto-replies and bounces: what a client is known to write stands in what is written here."""

import re
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest

from coordinator.simulate.shapes import CLIENTS, STYLES, auto_reply, bounce, forward, fresh, reply
from coordinator.simulate.shapes.lines import lines_of, no_link, plain
from coordinator.simulate.shapes.parent import read
from coordinator.simulate.shapes.tree import body, html, parse, split_after
from tests.simulate.samples import HTML, MESSAGE_ID, REPLY_TO, TEXT, TOKEN, letter

ANA = ("Ana Ruíz", "ana@example.org")
NOW = datetime(2026, 4, 15, 18, 30, tzinfo=ZoneInfo("America/Chicago"))
ANSWERS = {1: "yes", 2: "45 minutes", 3: "G1 6\nG2 stuck", 5: "Finding the time, honestly – ¡ay!"}
WORDS = ("45 minutes", "G1 6", "G2 stuck", "Finding the time, honestly – ¡ay!")
MARKED = ("gmail_web", "gmail_android", "gmail_ios", "apple_mail", "apple_ios", "thunderbird", "proton", "mutt")


def answered(client: str, style: str, **more: object) -> EmailMessage:
    options = {"sender": ANA, "now": NOW, **more}
    return opened(reply(letter(), options.pop("new", ANSWERS), client=client, style=style, **options))  # type: ignore[arg-type]


def opened(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    for part in message.walk():
        assert not part.defects, part.defects
    return message


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    if part is None:
        return plain(body(parse(page_of(message))), link=no_link, width=0)
    return part.get_content().replace("\r\n", "\n")


def page_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return part.get_content()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("client", CLIENTS)
def test_every_client_says_everything_in_every_style(client: str, style: str) -> None:
    message = answered(client, style)
    flat = " ".join(text_of(message).replace(">", " ").split())
    for words in WORDS:
        assert words in flat
    assert message["From"] == "Ana Ruíz <ana@example.org>"
    assert parsedate_to_datetime(message["Date"]) == NOW
    assert getaddresses([message["To"]])[0][1] == REPLY_TO


@pytest.mark.parametrize("style", [style for style in STYLES if style != "quick"])
@pytest.mark.parametrize("client", CLIENTS)
def test_a_reply_is_threaded_and_quotes_the_letter(client: str, style: str) -> None:
    message = answered(client, style)
    assert message["In-Reply-To"] == MESSAGE_ID
    assert message["References"].split() == [MESSAGE_ID]
    assert re.match(r"(?i)re: How is it going with Marcus\?$", message["Subject"])
    flat = " ".join(text_of(message).replace(">", " ").split())
    for words in ("it has been a month since you and Marcus set your goals", "How long did you talk, roughly?"):
        assert words in flat


@pytest.mark.parametrize("client", CLIENTS)
def test_a_top_answer_stands_above_everything_quoted(client: str) -> None:
    lines = [line for line in text_of(answered(client, "top")).split("\n") if line.strip()]
    assert lines[:5] == ["1. yes", "2. 45 minutes", "3. G1 6", "G2 stuck", "5. Finding the time, honestly – ¡ay!"]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_bottom_answer_stands_below_everything_quoted(client: str) -> None:
    text = text_of(answered(client, "bottom"))
    assert text.index("You get this mail because") < text.index("45 minutes")


@pytest.mark.parametrize("style", ["inline", "html_inline", "unmarked"])
@pytest.mark.parametrize("client", CLIENTS)
def test_an_inline_answer_stands_between_its_question_and_the_next(client: str, style: str) -> None:
    text = text_of(answered(client, style))
    order = ["1. Did you two meet", "2. How long did you", "45 minutes", "3. How far along", "G2 Run the weekly"]
    order += ["G1 6", "G2 stuck", "4. Which of these", "c) nothing yet", "5. What was hard", "Finding the time"]
    positions = [text.index(words) for words in order]
    assert positions == sorted(positions)


@pytest.mark.parametrize("client", MARKED)
def test_answers_between_marked_lines_bear_no_mark(client: str) -> None:
    lines = text_of(answered(client, "inline")).split("\n")
    assert "45 minutes" in lines
    assert any(line.startswith("> 2. How long") for line in lines)


@pytest.mark.parametrize("client", [client for client in CLIENTS if client != "mutt"])
def test_answers_on_the_line_of_the_question(client: str) -> None:
    lines = text_of(answered(client, "same_line")).split("\n")
    assert any(line.endswith("2. How long did you talk, roughly? (minutes) 45 minutes") for line in lines)
    assert any("0 to 10? G1 6, G2 stuck" in line for line in lines)


@pytest.mark.parametrize("client", CLIENTS)
def test_an_unmarked_copy_has_no_mark_anywhere(client: str) -> None:
    message = answered(client, "unmarked")
    assert not [line for line in text_of(message).split("\n") if line.startswith(">")]
    if message.get_body(("html",)):
        assert "<blockquote" not in page_of(message)


@pytest.mark.parametrize("client", [client for client in CLIENTS if CLIENTS[client].parts != "plain"])
def test_html_styles_send_html_alone(client: str) -> None:
    for style in ("html_top", "html_inline"):
        assert answered(client, style).get_content_type() == "text/html"


def test_a_quick_answer_is_a_new_mail_from_the_button() -> None:
    message = answered("apple_ios", "quick")
    assert message["In-Reply-To"] is None
    assert message["References"] is None
    assert message["To"] == f"mentoring+{TOKEN}@example.org"
    lines = text_of(message).split("\n")
    assert lines[:3] == ["1: yes", "2: 45 minutes", "3: G1 6"]
    assert "Ref: H7K2M9QX" in lines


def test_a_quick_answer_opens_the_button_that_was_meant() -> None:
    lines = text_of(answered("samsung", "quick", new={1: "no, not yet", 5: "time"})).split("\n")
    assert lines[0] == "1: no, not yet"


def test_a_quick_answer_without_buttons_is_written_by_hand() -> None:
    raw = reply(letter(html=""), {1: "yes"}, client="mutt", style="quick", sender=ANA, now=NOW)
    assert text_of(opened(raw)) == "1: yes\n\nRef: H7K2M9QX\n"


@pytest.mark.parametrize(
    ("client", "language", "lead"),
    [
        ("gmail_web", "en", "On Tue, Apr 14, 2026 at 9:02\u202fAM Heartwood Mentoring <mentoring@example.org>"),
        ("gmail_web", "de", "Am Di., 14. Apr. 2026 um 09:02 Uhr schrieb Heartwood Mentoring"),
        ("gmail_android", "es", "El mar, 14 abr 2026 a las 9:02, Heartwood Mentoring"),
        ("apple_mail", "fr", "Le 14 avr. 2026 à 09:02, Heartwood Mentoring <mentoring@example.org> a écrit :"),
        ("apple_ios", "de", "> Am 14.04.2026 um 09:02 schrieb Heartwood Mentoring <mentoring@example.org>:"),
        ("thunderbird", "es", "El 14/4/26 a las 9:02, Heartwood Mentoring escribió:"),
        ("yahoo", "en", "On Tuesday, April 14, 2026 at 09:02:11 AM CDT, Heartwood Mentoring"),
        ("proton", "de", "Heartwood Mentoring <mentoring@example.org> schrieb am Dienstag, 14. April 2026 um 09:02:"),
        ("outlook_classic", "de", "Gesendet: Dienstag, 14. April 2026 09:02\nAn: Ana Ruiz <ana@example.org>\nBetreff:"),
        ("outlook_web", "es", "________________________________\nDe: Heartwood Mentoring"),
        ("gmx", "de", 'Gesendet: Dienstag, 14. April 2026 um 09:02 Uhr\nVon: "Heartwood Mentoring"'),
        ("samsung", "fr", "-------- Message d'origine --------\nDe\xa0: Heartwood Mentoring"),
        ("mutt", "fr", "On Tue, Apr 14, 2026 at 09:02:11AM -0500, Heartwood Mentoring wrote:"),
        ("gmail_web", "it", "On Tue, Apr 14, 2026 at 9:02"),
    ],
)
def test_what_is_quoted_is_announced_as_the_client_does(client: str, language: str, lead: str) -> None:
    assert lead in text_of(answered(client, "top", language=language))


@pytest.mark.parametrize(
    ("client", "encoding", "charset"),
    [
        ("gmail_web", "quoted-printable", "utf-8"),
        ("outlook_classic", "base64", "utf-8"),
        ("outlook_web", "quoted-printable", "windows-1252"),
        ("thunderbird", "8bit", "utf-8"),
        ("mutt", "8bit", "utf-8"),
        ("samsung", "base64", "utf-8"),
    ],
)
def test_text_travels_in_the_encoding_of_the_client(client: str, encoding: str, charset: str) -> None:
    part = answered(client, "top", new="¡Sí – claro!").get_body(("plain",))
    assert part is not None
    assert (part["Content-Transfer-Encoding"], part.get_content_charset()) == (encoding, charset)


def test_a_charset_that_cannot_say_it_gives_way_to_utf_8() -> None:
    part = answered("outlook_web", "top", new="👍 はい").get_body(("plain",))
    assert part is not None
    assert part.get_content_charset() == "utf-8"
    assert part.get_content().startswith("👍 はい")


def test_flowed_text_keeps_its_words_and_breaks_softly() -> None:
    words = "word " * 40
    part = answered("thunderbird", "top", new=words.strip()).get_body(("plain",))
    assert part is not None
    assert part["Content-Type"].params["format"] == "flowed"
    first = part.get_content().split("\r\n")[0]
    assert first.endswith(" ")
    assert len(first) <= 73


@pytest.mark.parametrize(
    ("client", "language", "words"),
    [
        ("apple_ios", "es", "Enviado desde mi iPhone"),
        ("samsung", "de", "Von meinem Galaxy gesendet"),
        ("outlook_ios", "fr", "Obtenir Outlook pour iOS"),
        ("proton", "it", "Sent with Proton Mail secure email."),
    ],
)
def test_phones_add_their_line_above_the_quote(client: str, language: str, words: str) -> None:
    text = text_of(answered(client, "top", language=language))
    assert text.index(words) < text.index("How long did you talk")


def test_a_signature_follows_two_dashes_where_the_client_writes_them() -> None:
    for client, style in (("gmail_web", "top"), ("thunderbird", "bottom"), ("mutt", "inline")):
        assert "\n-- \nAna\n" in text_of(answered(client, style, signature="Ana"))
    assert "-- \n" not in text_of(answered("outlook_classic", "top", signature="Ana"))


def test_prose_goes_on_top_or_under_the_last_question() -> None:
    assert text_of(answered("gmail_web", "top", new="All good!")).startswith("All good!\n")
    lines = text_of(answered("mutt", "inline", new="All good!")).split("\n")
    assert lines[lines.index("All good!") - 2] == "> 5. What was hard? One line is enough. (optional)"


def test_the_same_answer_is_the_same_mail() -> None:
    first, second = (reply(letter(), ANSWERS, client="yahoo", style="top", sender=ANA, now=NOW) for _ in range(2))
    assert first == second


def test_an_unknown_client_or_style_is_named() -> None:
    with pytest.raises(ValueError, match="no mail client 'pine'; known: gmail_web"):
        reply(letter(), "yes", client="pine", style="top", sender=ANA, now=NOW)
    with pytest.raises(ValueError, match="no style 'sideways'"):
        reply(letter(), "yes", client="mutt", style="sideways", sender=ANA, now=NOW)


@pytest.mark.parametrize("client", CLIENTS)
def test_lines_end_with_crlf_and_stay_short_enough_to_travel(client: str) -> None:
    raw = reply(letter(), ANSWERS, client=client, style="html_inline", sender=ANA, now=NOW)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


def test_a_copy_to_somebody_is_in_the_header() -> None:
    message = answered("gmail_ios", "top", cc=[("Marcus Bell", "marcus@example.org")])
    assert message["Cc"] == "Marcus Bell <marcus@example.org>"


def test_a_new_mail_answers_nothing() -> None:
    raw = fresh("Hello", client="proton", sender=ANA, to=[("M", "m@example.org")], subject="Hi", now=NOW)
    message = opened(raw)
    assert message["In-Reply-To"] is None
    assert text_of(message).startswith("Hello\n")


def test_a_forward_carries_the_letter_and_the_note() -> None:
    raw = forward(letter(), "Is this from us?", client="outlook_web", sender=ANA, to=("M", "m@example.org"), now=NOW)
    message = opened(raw)
    assert message["Subject"] == "FW: How is it going with Marcus?"
    assert message["In-Reply-To"] is None
    assert text_of(message).startswith("Is this from us?\n")
    assert "Did you two meet" in text_of(message)


@pytest.mark.parametrize(
    ("client", "language", "header", "value", "day"),
    [
        ("outlook_web", "en", "X-Auto-Response-Suppress", "All", "Monday, May 4, 2026"),
        ("gmail_web", "es", "Auto-Submitted", "auto-replied", "lunes, 4 de mayo de 2026"),
        ("thunderbird", "de", "Auto-Submitted", "auto-replied (vacation)", "Montag, den 4. Mai 2026"),
        ("outlook_ios", "fr", "Auto-Submitted", "auto-generated", "lundi 4 mai 2026"),
    ],
)
def test_an_out_of_office_says_so_and_until_when(client: str, language: str, header: str, value: str, day: str) -> None:
    until = date(2026, 5, 4)
    message = opened(auto_reply(letter(), sender=ANA, now=NOW, until=until, client=client, language=language))
    assert message[header] == value
    assert day in text_of(message)
    assert message["In-Reply-To"] == MESSAGE_ID


@pytest.mark.parametrize("system", ["postfix", "exchange"])
@pytest.mark.parametrize("status", ["5.1.1", "5.2.1", "4.4.1", "5.7.26"])
def test_a_bounce_names_the_recipient_the_status_and_our_message(system: str, status: str) -> None:
    message = opened(bounce(letter(), now=NOW, status=status, system=system))
    assert message.get_content_type() == "multipart/report"
    assert message["Return-Path"] == "<>"
    notice, report, returned = message.iter_parts()
    fields = report.get_payload()[1]  # type: ignore[index]
    assert fields["Final-Recipient"].replace(" ", "") == "rfc822;ana@example.org"
    assert fields["Status"] == status
    assert "ana@example.org" in notice.get_content()
    assert MESSAGE_ID in returned.get_payload()  # type: ignore[operator]
    assert "Did you two meet" not in str(returned.get_payload())


def test_the_parent_is_read_as_its_reader_sees_it() -> None:
    parent = read(letter(subject="¿Cómo va todo con Marcus?"))
    assert (parent.subject, parent.reply_to, parent.recipient) == (
        "¿Cómo va todo con Marcus?",
        REPLY_TO,
        "ana@example.org",
    )
    assert parent.text == TEXT
    assert parent.ref == "H7K2M9QX"
    assert len(parent.quick_links) == 2


def test_a_letter_without_a_sound_date_does_not_stop_a_reply() -> None:
    raw = letter().replace(b"Date: Tue, 14 Apr 2026", b"Date: some day in April")
    assert read(raw).date == datetime(1970, 1, 1, tzinfo=UTC)
    assert b"yes" in reply(raw, "yes", client="mutt", style="top", sender=ANA, now=NOW)


def test_html_survives_being_read_and_written() -> None:
    tree = parse(HTML)
    assert parse(html(tree)) == tree


def test_tearing_a_list_apart_keeps_every_word_and_the_numbers() -> None:
    tree = body(parse("<ol><li>one</li><li>two</li><li>three</li></ol><p>end</p>"))
    second = next(line.end for line in lines_of(tree) if line.text == "2. two")
    assert second is not None
    left, right = split_after(tree, second)
    assert html(left) == "<ol><li>one</li><li>two</li></ol>"
    assert html(right) == '<ol start="3"><li>three</li></ol><p>end</p>'


def test_unclosed_and_stray_tags_do_no_harm() -> None:
    tree = parse("<div><p>one<br>two</div></b>three<img src=x>")
    assert [line.text for line in lines_of(tree)] == ["one", "two", "", "three"]
