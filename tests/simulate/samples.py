"""A letter of ours as a client receives it, and where it was sent."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

SENT = datetime(2026, 4, 14, 14, 2, 11, tzinfo=UTC)
TOKEN = "k3v9q2m7x4t8b6n5w2r7y1z4d3"
REPLY_TO = f"mentoring+{TOKEN}@example.org"
MESSAGE_ID = "<9f2b7c1d8e3a4056@example.org>"

TEXT = """\
Hello Ana,

it has been a month since you and Marcus set your goals. How is it going?

1. Did you two meet since my last mail? (yes or no)
2. How long did you talk, roughly? (minutes)
3. How far along is each goal, 0 to 10?
   G1 Pass the CHESP exam by autumn
   G2 Run the weekly huddle without notes
4. Which of these helped most?
   a) a question that Marcus asked
   b) something that you tried
   c) nothing yet
5. What was hard? One line is enough. (optional)

A perfectly good answer: 1 yes, 2 45, 3 G1 6 G2 4, 4 a

No answer by Friday 24 April means that I ask once more.

Ref: H7K2M9QX

You get this mail because you are paired with Marcus Bell.
Reply STOP to leave, PAUSE for a break, HELP for a person.
"""

QUICK = (
    "mailto:mentoring%2B" + TOKEN + "@example.org?subject=Re%3A%20How%20is%20it%20going%20with%20Marcus%3F"
    "&amp;body={answer}%0D%0A2%3A%20%0D%0A3%3A%20%0D%0A4%3A%20%0D%0A5%3A%20%0D%0ARef%3A%20H7K2M9QX"
)

HTML = (
    '<!DOCTYPE html><html lang="en" dir="ltr"><head><title>How is it going</title><style>p{margin:0}</style></head>'
    '<body bgcolor="#ffffff"><table role="presentation" width="100%"><tr><td>'
    "<p>Hello Ana,</p><p>it has been a month since you and Marcus set your goals. How is it going?</p>"
    '<ol><li><p>Did you two meet since my last mail? (yes or no)</p><p><a href="'
    + QUICK.format(answer="1%3A%20yes")
    + '">yes</a> <a href="'
    + QUICK.format(answer="1%3A%20no")
    + '">no</a></p></li><li>How long did you talk, roughly? (minutes)</li>'
    "<li>How far along is each goal, 0 to 10?<br>G1 Pass the CHESP exam by autumn<br>"
    "G2 Run the weekly huddle without notes</li>"
    "<li>Which of these helped most?<br>a) a question that Marcus asked<br>b) something that you tried<br>"
    "c) nothing yet</li><li>What was hard? One line is enough. (optional)</li></ol>"
    "<p>A perfectly good answer: 1 yes, 2 45, 3 G1 6 G2 4, 4 a</p>"
    "<p>No answer by Friday 24 April means that I ask once more.</p><p>Ref: H7K2M9QX</p>"
    "<p>You get this mail because you are paired with Marcus Bell.</p></td></tr></table></body></html>"
)


def letter(
    *,
    text: str = TEXT,
    html: str = HTML,
    subject: str = "How is it going with Marcus?",
    to: tuple[str, str] = ("Ana Ruiz", "ana@example.org"),
    sent: datetime = SENT,
    message_id: str = MESSAGE_ID,
    language: str = "en",
) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["Delivered-To"] = to[1]
    message["From"] = "Heartwood Mentoring <mentoring@example.org>"
    message["To"] = f"{to[0]} <{to[1]}>"
    message["Reply-To"] = REPLY_TO
    message["Subject"] = subject
    message["Date"] = sent
    message["Message-ID"] = message_id
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
        message.set_boundary("=_letter")
    message["Content-Language"] = language
    return message.as_bytes()
