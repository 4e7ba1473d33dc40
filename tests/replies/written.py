"""Replies written by hand, in seven languages, and what each answers.

A block is `language prompt [form]`, the words as typed, `=>` and the answers by number. `?` = must not be taken for a
value; a number that is missing must have no value. Forms: "new" (default, quotes nothing), "top", "under" (lines
`@2 …` stand under question 2), "beside" (they stand on its line), "quick" (the mail of a button).
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from coordinator.core.reading import Reading, Unclear, Value
from coordinator.simulate.shapes import CLIENTS, fresh, reply
from tests.replies.generate import is_same
from tests.replies.letters_sent import OWN, ZONE, Sent, letter

WHO = ("Ada Byron", "ada@example.com")
_AT = datetime(2026, 3, 4, 19, 30, tzinfo=ZoneInfo(ZONE))


class Written(NamedTuple):
    """wanted: question number → value, or "?"."""

    name: str
    language: str
    to: Sent
    form: str
    said: str
    wanted: Mapping[int, Any]

    def raw(self) -> bytes:
        """The mail; which client sends it depends on the name alone."""
        client = sorted(CLIENTS)[sum(map(ord, self.name)) % len(CLIENTS)]
        if self.form == "new":
            to = (("", OWN.address),)
            return fresh(self.said, client=client, sender=WHO, to=to, subject="Re: hello", now=_AT)
        style = {"under": "inline", "beside": "same_line"}.get(self.form, self.form)
        new: Any = self.said
        if self.said.startswith("@"):
            parts = (part.split(" ", 1) for part in f"\n{self.said}".split("\n@")[1:])
            new = {int(number): text for number, text in parts}
        return reply(self.to.draft.raw, new, client=client, style=style, sender=WHO, now=_AT, language=self.language)


def written() -> Iterator[Written]:
    for place, block in enumerate(REPLIES.strip().split("\n---\n")):
        head, _, rest = block.partition("\n")
        said, _, values = rest.rpartition("\n=> ")
        language, prompt, *form = head.split()
        to = letter(prompt, "es" if language == "es" else "en")
        wanted = {int(number): value for number, value in json.loads("{" + values + "}").items()}
        yield Written(f"{place:03}-{language}-{prompt}", language, to, form[0] if form else "new", said, wanted)


def outcomes(one: Written, reading: Reading) -> Iterator[tuple[int, str, Any]]:
    """(number, outcome, what was read) for each question that was answered or read."""
    for question in one.to.draft.letter.questions:
        number, found = question.number, reading.answers.get(question.number)
        wanted = one.wanted.get(number, "?")
        if number not in one.wanted and found is None:
            continue
        if wanted == "?":
            yield number, "wrong" if isinstance(found, Value) and found.value != "" else "right", found
        elif not isinstance(found, Value):
            yield number, "unclear" if isinstance(found, Unclear) else "right" if wanted == "" else "missing", found
        else:
            if question.field.kind == "slots":
                wanted = [question.slots["abc".index(letter_)][0] for letter_ in wanted]
            yield number, "right" if is_same(found.value, wanted, number, question.field.kind) else "wrong", found


REPLIES = """
en debrief
Yes, we met for 45 min, G1 is about 60% and G2 is stuck because my manager left.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
en debrief top
yes, 40 min, G1 6, the role play helped
=> "1": true, "2": 40, "3": {"1": [6, null]}, "4": "the role play helped"
---
en debrief
Hi, yes we did! About an hour. G1 7, G2 4.
=> "1": true, "2": 60, "3": {"1": [7, null], "2": [4, null]}
---
en debrief
👍 45m
=> "1": true, "2": 45
---
en debrief
1: yes
2:
3:
4:
5:
=> "1": true
---
en debrief top
1. yes … well, no
2. 30
=> "1": "?", "2": 30
---
en debrief
Yes. Actually no, we had to cancel.
=> "1": "?"
---
en debrief
Oh sure, because I have nothing better to do.
=> "1": "?"
---
en debrief
yeah right
=> "1": "?"
---
en debrief top
1. yes
2. 45 or 60, not sure
=> "1": true, "2": "?"
---
en debrief top
1. yes
1. no
=> "1": "?"
---
en debrief
no
=> "1": false
---
en debrief
Not yet, sorry – we'll meet next week!
=> "1": false
---
en debrief top
Unfortunately not. She was ill.
=> "1": false
---
en debrief under
@1 yes
@2 ¾ hour
@3 G1 8, G2 done
@4 The role play
@5 nothing
=> "1": true, "2": 45, "3": {"1": [8, null], "2": [null, "done"]}, "4": "The role play", "5": ""
---
en debrief under
@1 y
@5 Finding time. My manager left, so there is a lot on my desk.
=> "1": true, "5": "Finding time. My manager left, so there is a lot on my desk."
---
en debrief beside
@1 yes
@2 1h30
@3 G1 6
=> "1": true, "2": 90, "3": {"1": [6, null]}
---
en debrief beside
@1 no
=> "1": false
---
en debrief quick
@1 yes
@2 1h
=> "1": true, "2": 60
---
en debrief quick
@1 no
=> "1": false
---
en debrief
G2 done, G1 stuck because HR is slow
=> "3": {"1": [null, "stuck"], "2": [null, "done"]}
---
en debrief
1 yes
2 an hour and a half
3 G1 on track, G2 behind
=> "1": true, "2": 90, "3": {"1": [null, "on_track"], "2": [null, "behind"]}
---
en debrief
Q1: yes
Q2: half an hour
=> "1": true, "2": 30
---
en debrief
(1) yep
(2) 45'
(4) talking it through
=> "1": true, "2": 45, "4": "talking it through"
---
en debrief
1) ✅
2) ~50 min
3) G1: 80 %, G2: 3/10
4) practice
5) n/a
=> "1": true, "2": 50, "3": {"1": [8, null], "2": [3, null]}, "4": "practice", "5": ""
---
en debrief
met: yes
minutes: 35
=> "1": true, "2": 35
---
en debrief
Question 2: 20 minutes
=> "2": 20
---
en debrief
yes
45
=> "1": true, "2": 45
---
en debrief
Yes we talked, twice, 30 minutes each.
=> "1": true, "2": "?"
---
en debrief
yes, if you count a text message
=> "1": "?"
---
en debrief
maybe
=> "1": "?"
---
en debrief
Did we? I honestly don't remember.
=> "1": "?"
---
en debrief
1: no idea
=> "1": "?"
---
en debrief
I had to stop for a while, but we did talk on Tuesday.
=> "1": "?"
---
en debrief
1. yes
2. 45 min
4. Her help with my CV
=> "1": true, "2": 45, "4": "Her help with my CV"
---
en debrief
Thanks!
=> "1": "?"
---
en debrief
4/5
=> "1": "?", "3": "?"
---
en debrief
2: less than an hour
=> "2": "?"
---
en debrief
2: 40-45
=> "2": "?"
---
en debrief
3: G1 6 or 7
=> "3": "?"
---
en debrief
3: G3 done
=> "3": "?"
---
en debrief
3. both on track
=> "3": {"1": [null, "on_track"], "2": [null, "on_track"]}
---
en debrief
Hi there,

1. Yes
2. 1 hour 15
3. G1 ✅
   G2 20%
4. Her patience
5. Exams

Best
Ada
=> "1": true, "2": 75, "3": {"1": [null, "done"], "2": [2, null]}, "4": "Her patience", "5": "Exams"
---
en debrief top
1. yes
2. 45

Sent while walking
=> "1": true, "2": 45
---
en debrief-mentor
1. yes
2. She prepares well
3. Slow down
4. ★★★★
=> "1": true, "2": "She prepares well", "3": "Slow down", "4": 4
---
en debrief-mentor under
@1 Yes, last Friday
@4 4/5
=> "1": true, "4": 4
---
en debrief-mentor beside
@1 yes
@2 asks good questions
@3 none
@4 5
=> "1": true, "2": "asks good questions", "3": "", "4": 5
---
en debrief-mentor
4: 3 or 4
=> "4": "?"
---
en debrief-mentor
4: 9
=> "4": "?"
---
en debrief-mentor
4: not 5
=> "4": "?"
---
en debrief-mentor
1: yes
4: 4, maybe 5
=> "1": true, "4": "?"
---
en debrief-mentor quick
@1 yes
@4 4
=> "1": true, "4": 4
---
en debrief-mentor
yes, 4/5
=> "1": true, "4": 4
---
en introduction-mentee
1. b
2. a, c
3. first Tuesday 12:00
4. I grew up in Leeds.
=> "1": "b", "2": ["video", "in person"], "3": "first Tuesday 12:00", "4": "I grew up in Leeds."
---
en introduction-mentee top
1. Tuesday or Thursday
2. video and phone
=> "1": "ab", "2": ["video", "phone"]
---
en introduction-mentee under
@1 any but the first
@2 phone
=> "1": "bc", "2": ["phone"]
---
en introduction-mentee
1: none
2: none
=> "1": "", "2": []
---
en introduction-mentee
1: the second one, if she can
=> "1": "?"
---
en introduction-mentee
1: Wednesday at 3
=> "1": "?"
---
en introduction-mentee
1: not the first
=> "1": "bc"
---
en introduction-mentee
1: d
=> "1": "?"
---
en introduction-mentee beside
@1 all of them
@2 e
=> "1": "abc", "2": ["text messages"]
---
en moved
any
=> "1": "abc"
---
en moved
The 12th works
=> "1": "b"
---
en moved
Saturday is impossible
=> "1": "?"
---
en moved top
a, but c is also possible
=> "1": "ac"
---
en confirm-change
ok
=> "1": true
---
en confirm-change
yes but I would prefer noon
=> "1": "?"
---
en confirm-change top
No thanks, the old time is better.
=> "1": false
---
en echo
Yes, exactly
=> "1": true
---
en echo
no no no
=> "1": false
---
en no-news
We emailed twice
=> "1": true
---
en no-news
No news is good news
=> "1": "?"
---
en goals
1. Lead a team meeting
2. Saying no
3. c
=> "1": "Lead a team meeting", "2": "Saying no", "3": "a role model"
---
en goals under
@1 Pass the exam
Give a talk
@3 a challenging issue
=> "1": "Pass the exam Give a talk", "3": "a challenging issue"
---
en review
1. G1 9, G2 done
2. The talk
3. To ask
4. Every month, my sister notices
5. 5
=> "1": {"1": [9, null], "2": [null, "done"]}, "2": "The talk", "3": "To ask", "4": "Every month, my sister notices", "5": 5
---
en review beside
@1 G1 9
@5 4
=> "1": {"1": [9, null]}, "5": 4
---
es debrief
Sí, nos vimos 45 minutos. G1 6 y G2 atascado.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
es debrief top
1. sí
2. una hora
3. G1 hecho
4. El ejercicio
5. nada
=> "1": true, "2": 60, "3": {"1": [null, "done"]}, "4": "El ejercicio", "5": ""
---
es debrief under
@1 Sí
@2 media hora
@4 Escuchar
=> "1": true, "2": 30, "4": "Escuchar"
---
es debrief beside
@1 no
=> "1": false
---
es debrief
sí … bueno, no
=> "1": "?"
---
es debrief
tal vez
=> "1": "?"
---
es debrief
1: sí
2: 30 o 45 minutos
=> "1": true, "2": "?"
---
es debrief quick
@1 sí
@2 1h30
=> "1": true, "2": 90
---
es debrief
Todavía no, perdón
=> "1": false
---
es debrief
No hay problema
=> "1": "?"
---
es introduction-mentee
1. martes o jueves
2. a y c
=> "1": "ab", "2": ["vídeo", "en persona"]
---
es introduction-mentee under
@1 ninguna
@2 teléfono
=> "1": "", "2": ["teléfono"]
---
es debrief-mentor
1. sí
4. 4 de 5
=> "1": true, "4": 4
---
es review
5: ★★★★★
=> "5": 5
---
fr debrief
Oui, nous nous sommes vus 45 minutes. G1 6, G2 bloqué.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
fr debrief top
1. oui
2. une heure et demie
3. G1 terminé
4. Le jeu de rôle
5. rien
=> "1": true, "2": 90, "3": {"1": [null, "done"]}, "4": "Le jeu de rôle", "5": ""
---
fr debrief under
@1 Oui
@2 une demi-heure
=> "1": true, "2": 30
---
fr debrief beside
@1 non
=> "1": false
---
fr debrief
oui … enfin non
=> "1": "?"
---
fr debrief
peut-être
=> "1": "?"
---
fr debrief
Pas encore, désolée
=> "1": false
---
fr debrief
1 : oui
2 : presque une heure
=> "1": true, "2": "?"
---
fr introduction-mentee
1. mardi ou jeudi
2. b et d
=> "1": "ab", "2": ["phone", "email"]
---
fr debrief-mentor
1. oui
4. 4 sur 5
=> "1": true, "4": 4
---
fr moved
peu importe
=> "1": "abc"
---
fr debrief quick
@1 oui
@2 1h
=> "1": true, "2": 60
---
de debrief
Ja, wir haben uns 45 Minuten gesprochen. G1 6, G2 steckt fest.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
de debrief top
1. ja
2. anderthalb Stunden
3. G1 erledigt
4. Das Rollenspiel
5. nichts
=> "1": true, "2": 90, "3": {"1": [null, "done"]}, "4": "Das Rollenspiel", "5": ""
---
de debrief under
@1 Ja
@2 halbe Stunde
@5 Zeit zu finden
=> "1": true, "2": 30, "5": "Zeit zu finden"
---
de debrief beside
@1 nein
=> "1": false
---
de debrief
jein
=> "1": "?"
---
de debrief
ja … na ja, nein
=> "1": "?"
---
de debrief
Noch nicht, tut mir leid
=> "1": false
---
de debrief
1: ja
2: knapp eine Stunde
=> "1": true, "2": "?"
---
de debrief
Kein Problem!
=> "1": "?"
---
de introduction-mentee
1. Dienstag oder Donnerstag
2. a und c
=> "1": "ab", "2": ["video", "in person"]
---
de moved
alle außer Donnerstag
=> "1": "ac"
---
de moved
Mittwoch ginge auch
=> "1": "?"
---
de debrief-mentor
1. ja
4. 4 von 5
=> "1": true, "4": 4
---
de debrief quick
@1 ja
@2 30 min
=> "1": true, "2": 30
---
de review
1. G1 80 %, G2 fertig
5. 5
=> "1": {"1": [8, null], "2": [null, "done"]}, "5": 5
---
pt debrief
Sim, nos encontramos por 45 minutos. G1 6, G2 parado.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
pt debrief top
1. sim
2. uma hora e meia
4. A simulação
5. nada
=> "1": true, "2": 90, "4": "A simulação", "5": ""
---
pt debrief under
@1 Sim
@2 meia hora
=> "1": true, "2": 30
---
pt debrief beside
@1 não
=> "1": false
---
pt debrief
sim … quer dizer, não
=> "1": "?"
---
pt debrief
talvez
=> "1": "?"
---
pt debrief
Ainda não, desculpe
=> "1": false
---
pt introduction-mentee
1. terça ou quinta
2. a e c
=> "1": "ab", "2": ["video", "in person"]
---
pt debrief-mentor
1. sim
4. 4 de 5
=> "1": true, "4": 4
---
pt moved
tanto faz
=> "1": "abc"
---
pt debrief
1: sim
2: menos de uma hora
=> "1": true, "2": "?"
---
it debrief
Sì, ci siamo visti 45 minuti. G1 6, G2 bloccato.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
it debrief top
1. sì
2. un'ora e mezza
4. Il gioco di ruolo
5. niente
=> "1": true, "2": 90, "4": "Il gioco di ruolo", "5": ""
---
it debrief under
@1 Sì
@2 mezz'ora
=> "1": true, "2": 30
---
it debrief beside
@1 no
=> "1": false
---
it debrief
sì … anzi no
=> "1": "?"
---
it debrief
forse
=> "1": "?"
---
it debrief
Non ancora, scusa
=> "1": false
---
it introduction-mentee
1. martedì o giovedì
2. a e c
=> "1": "ab", "2": ["video", "in person"]
---
it debrief-mentor
1. sì
4. 4 su 5
=> "1": true, "4": 4
---
it debrief
1: sì
2: quasi un'ora
=> "1": true, "2": "?"
---
nl debrief
Ja, we hebben elkaar 45 minuten gesproken. G1 6, G2 vastgelopen.
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [null, "stuck"]}
---
nl debrief top
1. ja
2. anderhalf uur
4. Het rollenspel
5. niets
=> "1": true, "2": 90, "4": "Het rollenspel", "5": ""
---
nl debrief under
@1 Ja
@2 half uur
=> "1": true, "2": 30
---
nl debrief beside
@1 nee
=> "1": false
---
nl debrief
ja … of toch niet
=> "1": "?"
---
nl debrief
misschien
=> "1": "?"
---
nl debrief
Nog niet, sorry
=> "1": false
---
nl introduction-mentee
1. dinsdag of donderdag
2. a en c
=> "1": "ab", "2": ["video", "in person"]
---
nl debrief-mentor
1. ja
4. 4 van de 5
=> "1": true, "4": 4
---
nl debrief
1: ja
2: bijna een uur
=> "1": true, "2": "?"
---
en debrief top
Yes – we met last Thursday for three quarters of an hour.
=> "1": true, "2": 45
---
en debrief
Yes we did, 45 min. What helped was the mock interview. G1 7.
=> "1": true, "2": 45, "3": {"1": [7, null]}, "4": "What helped was the mock interview."
---
en debrief
No :( but we have a date for next week.
=> "1": false
---
en debrief
1: yes 2: 45 3: G1 6
=> "1": true, "2": 45, "3": {"1": [6, null]}
---
en debrief
1=yes, 2=45 min
=> "1": true, "2": 45
---
en debrief
1️⃣ yes
2️⃣ 45 min
=> "1": true, "2": 45
---
en debrief top
# answers
1. **yes**
2. **45 min**
=> "1": true, "2": 45
---
en debrief
yes / 45 min / G1 6
=> "1": true, "2": 45, "3": {"1": [6, null]}
---
en debrief
- yes
- 45 min
- G1 6, G2 5
- the checklist
- mornings
=> "1": true, "2": 45, "3": {"1": [6, null], "2": [5, null]}, "4": "the checklist", "5": "mornings"
---
en debrief
2: 45 minutes late
=> "2": "?"
---
en debrief
2: 12:30
=> "2": "?"
---
en debrief
1: haha yes
=> "1": "?"
---
en debrief
1: No doubt
=> "1": "?"
---
en confirm-change
Yes?
=> "1": "?"
---
en confirm-change
👎
=> "1": false
---
en confirm-change
fine by me
=> "1": true
---
en echo
Yes and no.
=> "1": "?"
---
de confirm-change
passt
=> "1": true
---
fr confirm-change
d'accord
=> "1": true
---
es confirm-change
vale
=> "1": true
---
it confirm-change
va bene
=> "1": true
---
nl confirm-change
akkoord
=> "1": true
---
pt confirm-change
de acordo
=> "1": true
---
en goals
1: Lead a team
3: b
=> "1": "Lead a team", "3": "a challenging issue"
---
en goals top
1. Speak up
3. c)
=> "1": "Speak up", "3": "a role model"
---
en goals top
1. Speak up
3. career planning please
=> "1": "Speak up", "3": "career planning"
---
en goals
3: the last one
=> "3": "a role model"
---
en goals
3: career planning or a role model, whatever
=> "3": "?"
---
en goals
3: not career planning
=> "3": "?"
---
en goals
3: b) a role model
=> "3": "?"
---
en goals beside
@1 Lead a team
@3 a role model
=> "1": "Lead a team", "3": "a role model"
---
es goals
1: Hablar en público
3: b
=> "1": "Hablar en público", "3": "un asunto difícil"
---
fr goals
1: Parler en public
3: c, merci
=> "1": "Parler en public", "3": "a role model"
---
de goals under
@1 Vor Leuten sprechen
@3 (a)
=> "1": "Vor Leuten sprechen", "3": "career planning"
"""
