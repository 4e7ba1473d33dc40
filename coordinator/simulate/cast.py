"""The invented people as data: their temperaments, and a chapter of them."""

from dataclasses import dataclass, replace
from datetime import date

from coordinator.simulate.persona import Persona, Temperament

TEMPERAMENTS = {
    each.name: each
    for each in (
        Temperament(
            name="keen",
            about="Answers at once, under each question",
            client="gmail_web",
            style="inline",
            voice="chatty",
            hours=(1, 6),
        ),
        Temperament(
            name="terse",
            about="Answers in as few letters as possible",
            client="apple_ios",
            style="top",
            voice="terse",
            hours=(1, 20),
        ),
        Temperament(
            name="prose",
            about="Answers everything in one paragraph",
            client="apple_mail",
            style="top",
            voice="prose",
            hours=(3, 40),
        ),
        Temperament(
            name="late", about="Answers after a week or more", client="outlook_web", style="top", hours=(130, 260)
        ),
        Temperament(name="silent", about="Never answers", client="gmx", style="top", answers=0.0, accepts=0.0),
        Temperament(
            name="declines",
            about="Declines an invitation in month three",
            client="outlook_classic",
            style="html_inline",
            declines=(3,),
        ),
        Temperament(
            name="on_holiday",
            about="Away for two weeks in month two",
            client="outlook_ios",
            style="top",
            hours=(2, 24),
            away_month=2,
        ),
        Temperament(
            name="dead_address",
            about="Changes jobs in month three; the address dies",
            client="yahoo",
            style="top",
            dead_month=3,
        ),
        Temperament(name="writes_help", about="Writes HELP once", client="samsung", style="top", help_month=3),
        Temperament(
            name="answers_last_month",
            about="Answers a letter when the next one has come",
            client="proton",
            style="top",
            hours=(2, 30),
            last_month=True,
        ),
        Temperament(name="bottom_poster", about="Answers at the very bottom", client="thunderbird", style="bottom"),
        Temperament(
            name="corrects_himself", about="Corrects what was noted", client="gmail_android", style="top", corrects=True
        ),
        Temperament(
            name="copies_partner",
            about="Puts the program in copy of mail to the partner",
            client="gmail_ios",
            style="top",
            copies=True,
        ),
        Temperament(
            name="types_into_copy", about="Types into an unmarked copy", client="outlook_classic", style="unmarked"
        ),
        Temperament(
            name="taps_buttons", about="Taps the answer buttons", client="apple_ios", style="quick", hours=(0.2, 4)
        ),
        Temperament(
            name="plain_text", about="Writes plain text and a signature", client="mutt", style="inline", hours=(1, 48)
        ),
        Temperament(
            name="same_line",
            about="Answers on the line of the question",
            client="gmx",
            style="same_line",
            hours=(4, 60),
        ),
    )
}

OTHERS = {
    each.name: each
    for each in (
        Temperament(name="example", about="Answers everything within the day", client="gmail_web", style="top"),
        Temperament(name="ends", about="Ends it in month three", client="gmail_web", style="top", ends_month=3),
        Temperament(name="leaves", about="Leaves in month four", client="apple_mail", style="top", stop_month=4),
        Temperament(name="renews", about="Goes on after the end", client="gmail_web", style="top", renews=True),
        Temperament(
            name="parts", about="Does not go on after the end", client="thunderbird", style="bottom", renews=False
        ),
    )
}
"""Those who are asked for by name; a crowd of everybody has none of them."""


@dataclass(frozen=True, kw_only=True)
class Role:
    """Who somebody is in the demo's chapter. roles: as the roster says."""

    first_name: str
    last_name: str
    temperament: str
    roles: str
    timezone: str = "America/Chicago"
    language: str = "en"
    work: str = "supply"
    luck: float = 0.6
    greeting: str = ""
    signature: str = ""
    numbering: str = "{n}. {answer}"

    @property
    def address(self) -> str:
        return f"{_ascii(self.first_name)}.{_ascii(self.last_name)}@example.org"


CHAPTER = (
    Role(first_name="Ana", last_name="Ruiz", temperament="taps_buttons", roles="mentee", luck=0.7),
    Role(first_name="Marcus", last_name="Bell", temperament="bottom_poster", roles="mentor", signature="Marcus Bell"),
    Role(first_name="Keiko", last_name="Mori", temperament="keen", roles="mentee", luck=0.9, greeting="Hello,"),
    Role(
        first_name="Tom",
        last_name="Albright",
        temperament="types_into_copy",
        roles="mentor",
        signature="Tom Albright\nDirector, Supply Chain\nLakeside Clinics",
    ),
    Role(
        first_name="Priya",
        last_name="Nair",
        temperament="terse",
        roles="mentee",
        work="engineering",
        numbering="{n} {answer}",
    ),
    Role(
        first_name="Gerd",
        last_name="Lindqvist",
        temperament="declines",
        roles="mentor",
        work="engineering",
        signature="Best regards\nGerd",
    ),
    Role(first_name="Femi", last_name="Adeyemi", temperament="prose", roles="mentee", work="veterinary"),
    Role(
        first_name="Joan",
        last_name="Whitfield",
        temperament="late",
        roles="mentor",
        timezone="America/New_York",
        work="veterinary",
    ),
    Role(first_name="Owen", last_name="Pratt", temperament="silent", roles="mentee", luck=0.2),
    Role(first_name="Dolores", last_name="Vega", temperament="copies_partner", roles="mentor", signature="Dolores"),
    Role(
        first_name="Lucía",
        last_name="Serrano",
        temperament="same_line",
        roles="mentee",
        language="es",
        timezone="Europe/Madrid",
    ),
    Role(
        first_name="Hannah",
        last_name="Okafor",
        temperament="on_holiday",
        roles="mentor",
        timezone="Europe/London",
        work="veterinary",
    ),
    Role(first_name="Ben", last_name="Castillo", temperament="writes_help", roles="mentee", luck=0.3),
    Role(first_name="Ruth", last_name="Sandoval", temperament="plain_text", roles="mentor", signature="Ruth"),
    Role(
        first_name="Mei",
        last_name="Chang",
        temperament="answers_last_month",
        roles="mentee",
        timezone="America/Los_Angeles",
        work="engineering",
    ),
    Role(
        first_name="Paul",
        last_name="Drummond",
        temperament="corrects_himself",
        roles="mentor mentee",
        work="engineering",
        luck=0.7,
    ),
    Role(first_name="Sofia", last_name="Marsh", temperament="dead_address", roles="mentee", work="veterinary"),
    Role(
        first_name="Alan",
        last_name="Greer",
        temperament="keen",
        roles="mentor",
        work="veterinary",
        numbering="{n}) {answer}",
    ),
    Role(
        first_name="Nadia",
        last_name="Haddad",
        temperament="terse",
        roles="mentor",
        timezone="America/Denver",
        work="engineering",
    ),
    Role(first_name="Eric", last_name="Vance", temperament="terse", roles="advisor"),
    Role(first_name="Grace", last_name="Tanaka", temperament="keen", roles="advisor", signature="Grace"),
)

PAIRS = (
    # mentor, mentee, advisor: by first name, which is enough in a chapter of this size.
    ("Marcus", "Ana", "Eric"),
    ("Tom", "Keiko", "Eric"),
    ("Gerd", "Priya", "Eric"),
    ("Joan", "Femi", "Eric"),
    ("Dolores", "Owen", "Eric"),
    ("Hannah", "Lucía", "Grace"),
    ("Ruth", "Ben", "Grace"),
    ("Paul", "Mei", "Grace"),
    ("Alan", "Sofia", "Grace"),
    ("Nadia", "Paul", "Grace"),
)


def chapter(joined: date) -> tuple[Persona, ...]:
    """Everybody of the demo's chapter, advisors included, with their partners' addresses."""
    people = {role.first_name: _persona(role, joined) for role in CHAPTER}
    for mentor, mentee, _ in PAIRS:
        often = 0.5 + people[mentee].luck / 2
        people[mentor] = replace(people[mentor], partner=people[mentee].sender, meets=often)
        people[mentee] = replace(people[mentee], partner=people[mentor].sender, meets=often)
    return tuple(people.values())


def _persona(role: Role, joined: date) -> Persona:
    return Persona(
        first_name=role.first_name,
        last_name=role.last_name,
        address=role.address,
        temperament=TEMPERAMENTS[role.temperament],
        joined=joined,
        timezone=role.timezone,
        language=role.language,
        work=role.work,
        luck=role.luck,
        greeting=role.greeting,
        signature=role.signature,
        numbering=role.numbering,
    )


def _ascii(name: str) -> str:
    return name.casefold().translate(str.maketrans("áéíóúüñ", "aeiouun"))
