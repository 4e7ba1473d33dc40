"""What invented people write about: goals, agendas and remarks, by language, topic and line of work."""

from collections.abc import Mapping

LINES = Mapping[str, tuple[str, ...]]

GOALS: Mapping[str, LINES] = {
    "en": {
        "supply": (
            "Pass the CMRP exam by October",
            "Cut expired stock in theatre by a third before the summer",
            "Lead the Monday huddle without notes",
            "Write the business case for two-bin kanban on ward 4",
            "Understand how the group purchasing contracts are built",
            "Bring missed cleans on the night shift below two a week",
            "Learn to say no to rush orders without a quarrel",
        ),
        "veterinary": (
            "Perform a routine spay unassisted by May",
            "Write medical records on the same day, every day",
            "Tell a client about costs without apologising",
            "Scrub in on three orthopaedic procedures",
            "Keep one evening a week free of phone calls",
            "Run the puppy class on my own",
        ),
        "engineering": (
            "Sit the professional engineer exam in the autumn",
            "Chair one design review from start to end",
            "Get the pump station drawings through checking at the first attempt",
            "Decide between the technical and the management track",
            "Speak at the chapter evening in June",
            "Delegate the survey work to Jonas and leave it with him",
        ),
    },
    "es": {
        "supply": (
            "Aprobar el examen de logística sanitaria en octubre",
            "Reducir el material caducado del quirófano en un tercio",
            "Dirigir la reunión de los lunes sin apuntes",
            "Preparar el plan de compras del próximo año",
        ),
    },
}

REMARKS: Mapping[str, LINES] = {
    "en": {
        "agenda": (
            "How to bring up the staffing gap with my director",
            "My first budget round, and what I should prepare",
            "Feedback on the presentation I gave last week",
            "Whether to apply for the team lead post",
            "A colleague who answers every proposal with a sigh",
            "What to drop so that the exam gets two evenings a week",
        ),
        "helped": (
            "Talking through the numbers before I showed them to anybody",
            "Hearing that the first year was hard for others too",
            "Writing the three steps down while we spoke",
            "Being asked what I would tell a friend to do",
            "A practice run of the difficult conversation",
        ),
        "hard": (
            "Finding an hour that is not eaten by the ward",
            "Saying out loud what I want",
            "The audit took most of the month",
            "My manager changed the priorities again",
            "Two people off sick, so everything else waited",
        ),
        "place": ("By video, I send the link", "By phone, I call", "The café next to the library", "Video is fine"),
        "strength": (
            "Comes prepared and asks precise questions",
            "Stays calm when the plan falls over",
            "Explains numbers so that a nurse can use them",
            "Follows up without being reminded",
        ),
        "suggestion": (
            "Ask for the decision at the start of the meeting, not at the end",
            "Try one small change on one ward first",
            "Write the mail, then halve it",
            "Let the pause do some of the work",
        ),
        "lesson": (
            "A short written note gets further than a long meeting",
            "I plan for eight hours and get five",
            "Asking early costs less than repairing late",
            "How differently a small site has to think about stock",
            "To listen longer before I advise",
        ),
        "achievement": (
            "The night team kept the new checklist for four weeks",
            "I got through the review without a single major finding",
            "The committee said yes to the trial",
        ),
        "hope": (
            "A second opinion from somebody who has seen the next level",
            "Confidence in front of the board",
            "A realistic plan for the next two years",
            "To pass on what I had to find out the hard way",
        ),
        "about": (
            "I started as a porter, moved to purchasing, and now look after three sites.",
            "Ten years in practice, the last four as a partner, with two children and an old dog.",
            "I came to the field sideways, from teaching, and still like explaining things.",
            "Structural engineer, mostly bridges, lately more meetings than bridges.",
        ),
        "keep": (
            "A call each quarter to compare notes",
            "One page a month on what worked",
            "A review with my manager every other month",
        ),
        "rhythm": ("first Tuesday 12:00", "2nd Thursday 17:00", "third Wednesday 12:30"),
        "hours": ("8 to 19", "9 to 17", "no mail after 20:00"),
        "vision": ("A team that solves its own problems", "To lead without shouting"),
        "steps": ("Talk to the night team\nTry it on one ward by 30 March\nShow it to all by 20 April",),
        "skill": ("client communication", "presenting", "records"),
        "problem": ("Orders arrive late every week", "The handover takes an hour"),
        "worry": ("That I freeze when the chief asks me something directly",),
        "improve": ("Public speaking", "Reading a contract without falling asleep", "Saying no", "Delegating"),
        "differ": ("One of us plans, the other improvises", "Big house, small house", "A generation apart, nearly"),
        "thanks": ("Thank you, this was worth the time", "All good from my side"),
        "other": ("Nothing to add", "All fine here", "Nothing for now, thank you", "It is going well"),
        "concern": ("We keep missing each other and I do not want to be the one who always chases.",),
    },
    "es": {
        "agenda": (
            "Cómo plantear la falta de personal a mi directora",
            "Mi primera ronda de presupuesto",
            "Si debo presentarme al puesto de coordinación",
        ),
        "helped": ("Repasar las cifras antes de enseñarlas", "Escribir los tres pasos mientras hablábamos"),
        "hard": ("Encontrar una hora libre en el turno", "Decir en voz alta lo que quiero"),
        "place": ("Por vídeo, mando yo el enlace", "Por teléfono"),
        "strength": ("Viene siempre preparada y pregunta con precisión",),
        "suggestion": ("Probar primero un cambio pequeño en una sola planta",),
        "lesson": ("Una nota corta llega más lejos que una reunión larga",),
        "achievement": ("El turno de noche ha mantenido la lista cuatro semanas",),
        "hope": ("Una segunda opinión de alguien con más experiencia", "Un plan realista para dos años"),
        "about": ("Empecé en el almacén y ahora coordino las compras de tres centros.",),
        "keep": ("Una llamada cada trimestre",),
        "rhythm": ("primer martes 12:00",),
        "worry": ("Quedarme en blanco delante del comité",),
        "improve": ("Hablar en público", "Delegar"),
        "differ": ("Una planifica y la otra improvisa",),
        "thanks": ("Gracias, ha merecido la pena",),
        "other": ("Nada que añadir", "Todo bien por aquí"),
        "concern": ("No conseguimos encontrar un momento y no quiero insistir siempre yo.",),
    },
}

TOPICS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("other", ("how is it going", "cómo va con")),
    ("hours", ("between which hours",)),
    ("vision", ("in one sentence",)),
    ("steps", ("first three steps",)),
    ("skill", ("like to practise",)),
    ("problem", ("which problem",)),
    ("differ", ("differ", "diferen")),
    ("keep", ("go on afterwards", "goes on", "keep", "stay in touch", "mantener", "después", "sigue")),
    ("improve", ("get better at", "improve", "mejorar")),
    ("goals", ("one goal a line", "like to reach", "goal", "objetivo", "alcanzar", "lograr")),
    ("hope", ("hope", "expect", "take away", "get out of", "want from", "esper", "llevarte", "busca")),
    ("rhythm", ("suits you every time", "rhythm", "how often", "ritmo", "siempre")),
    ("about", ("lines about you", "about you", "your way", "journey", "sobre ti", "trayectoria")),
    ("place", ("how do you meet", "place", "link", "dónde", "lugar")),
    ("agenda", ("to be about", "talk about", "agenda", "topic", "discuss", "on your mind", "hablar", "tema")),
    ("suggestion", ("suggest", "one thing to try", "advice", "suger", "consejo")),
    ("strength", ("does well", "did well", "strength", "noticed", "hace bien", "hizo bien", "fortaleza")),
    ("helped", ("helped", "useful", "worked", "ayud", "útil")),
    ("hard", ("hard", "difficult", "in the way", "challenge", "obstacle", "difícil", "cuesta")),
    ("achievement", ("proud", "achievement", "celebrate", "orgull", "logro")),
    ("lesson", ("learn", "lesson", "aprend", "lección")),
    ("worry", ("worry", "fear", "preocup")),
    ("thanks", ("thank", "appreciat", "grac")),
)
"""Words of a question that tell what it is about, first match first."""


def topic(words: str) -> str:
    low = words.casefold()
    return next((name for name, signs in TOPICS if any(sign in low for sign in signs)), "other")


def remarks(name: str, language: str) -> tuple[str, ...]:
    table = REMARKS.get(language) or REMARKS["en"]
    return table.get(name) or table["other"]


def goals(field: str, language: str) -> tuple[str, ...]:
    table = GOALS.get(language) or GOALS["en"]
    return table.get(field) or next(iter(table.values()))
