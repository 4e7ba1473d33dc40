"""Letters with five questions, as the program sends them, in several languages."""

from typing import NamedTuple

from coordinator.formats.cut import Ours


class Letter(NamedTuple):
    text: str
    questions: tuple[tuple[int, str], ...]
    hints: tuple[str, ...]


OURS = Ours(address="mentoring@example.org", name="Lantern Mentoring", subject="How is it going with Bob?")


def _letter(greeting: str, opening: str, asked: tuple[str, ...], hints: tuple[str, ...], closing: str) -> Letter:
    questions = tuple(enumerate(asked, start=1))
    items = "\n\n".join(f"{number}. {ask}\n   ({hint})" for (number, ask), hint in zip(questions, hints, strict=True))
    footer = "Lantern Mentoring · mentoring@example.org\nRef: KH7P2M4Q"
    return Letter(f"{greeting}\n\n{opening}\n\n{items}\n\n{closing}\n\n{footer}\n", questions, hints)


LETTERS = {
    "en": _letter(
        "Hi Anna,",
        "It has been a month since you two set your goals, and I would like to hear how it goes. Half a minute\n"
        "is enough: a word or a number after each question.",
        (
            "Did you two meet since my last mail?",
            "How long did you talk?",
            "From 0 to 10, how far along is your first goal?",
            "What helped, and what was hard?",
            "Is there anything that only the two of you should see?",
        ),
        (
            "yes or no",
            "minutes, for example 45",
            "a number from 0 to 10",
            "one line is plenty",
            "you may skip this one",
        ),
        'A one-line answer such as "yes, 45 minutes" is perfectly good, and so is "no". If I hear nothing, I will\n'
        "ask once more in a week. Reply HELP for help and STOP to stop these mails.",
    ),
    "es": _letter(
        "Hola, Anna:",
        "Ha pasado un mes desde que fijasteis vuestros objetivos y me gustaría saber cómo va todo.",
        (
            "¿Os habéis reunido desde mi último correo?",
            "¿Cuánto tiempo hablasteis?",
            "De 0 a 10, ¿cuánto has avanzado en tu primer objetivo?",
            "¿Qué ayudó y qué fue difícil?",
            "¿Hay algo que solo debáis ver vosotros dos?",
        ),
        (
            "sí o no",
            "minutos, por ejemplo 45",
            "un número de 0 a 10",
            "basta con una línea",
            "puedes dejarla en blanco",
        ),
        "Una respuesta de una línea es perfecta. Responde AYUDA si necesitas ayuda o ALTO para no recibir más.",
    ),
    "de": _letter(
        "Hallo Anna,",
        "es ist einen Monat her, dass ihr eure Ziele gesetzt habt, und ich würde gern hören, wie es läuft.",
        (
            "Habt ihr euch seit meiner letzten Mail getroffen?",
            "Wie lange habt ihr gesprochen?",
            "Wie weit bist du mit deinem ersten Ziel, von 0 bis 10?",
            "Was hat geholfen, und was war schwer?",
            "Gibt es etwas, das nur ihr beide sehen sollt?",
        ),
        (
            "ja oder nein",
            "Minuten, zum Beispiel 45",
            "eine Zahl von 0 bis 10",
            "eine Zeile genügt",
            "kann leer bleiben",
        ),
        "Eine Zeile reicht völlig. Antworte HILFE für Hilfe und STOPP, um keine Mails mehr zu bekommen.",
    ),
    "fr": _letter(
        "Bonjour Anna,",
        "Cela fait un mois que vous avez fixé vos objectifs, et j’aimerais savoir où vous en êtes.",
        (
            "Vous êtes-vous rencontrés depuis mon dernier message ?",
            "Combien de temps avez-vous parlé ?",
            "De 0 à 10, où en est votre premier objectif ?",
            "Qu’est-ce qui a aidé, et qu’est-ce qui a été difficile ?",
            "Y a-t-il quelque chose que vous seuls devez voir ?",
        ),
        ("oui ou non", "en minutes, par exemple 45", "un nombre de 0 à 10", "une ligne suffit", "facultatif"),
        "Une réponse d’une ligne est parfaite. Répondez AIDE pour de l’aide ou ARRÊT pour ne plus rien recevoir.",
    ),
    "ja": _letter(
        "Annaさん、",
        "目標を立ててから一か月がたちました。その後の様子を教えてください。一言ずつで十分です。",
        (
            "前回のメールのあと、二人で会いましたか？",
            "どのくらい話しましたか？",
            "最初の目標は、10点満点で何点くらいまで進みましたか？",
            "何が助けになり、何が難しかったですか？",
            "二人だけで共有したいことはありますか？",
        ),
        ("はい、または、いいえ", "分で、たとえば45", "0から10までの数字", "一行で十分です", "空欄でもかまいません"),
        "一行のお返事で大丈夫です。困ったときは「ヘルプ」と返信してください。",
    ),
    "short": _letter(
        "Hi Anna,",
        "Five quick things.",
        ("Met?", "How long?", "Goal 1?", "What helped?", "Anything private?"),
        ("yes or no", "minutes", "0 to 10", "a line", "optional"),
        "Thanks! Reply STOP to stop.",
    ),
}
