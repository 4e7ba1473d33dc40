"""How mail servers say in words that a mail came back, for those that do not say it in fields."""

import re
from typing import Final

DAEMONS: Final = frozenset(
    (
        "mailer-daemon",
        "mailerdaemon",
        "mail-daemon",
        "mailer_daemon",
        "maildaemon",
        "mdaemon",
        "mail_daemon",
        "mail.daemon",
        "smtp-daemon",
        "uucp",
        "mdeliver",
        "mail-deliver",
        "mail_deliver",
        "mmdf",
        "autodeliver",
    )
)
"""Local parts from which nothing but bounces come."""

SERVANTS: Final = frozenset(
    ("postmaster", "administrator", "mail", "system", "root", "mailsystem", "exchange", "bounce", "bounces")
)
"""Local parts from which bounces come among other mail."""

DAEMON_NAME: Final = re.compile(
    r"mail(?:er)?[ -_]?(?:delivery|daemon)|delivery sub-?system|system administrator|mail ?administrator|internet mail"
    r" delivery|mail delivery|microsoft outlook$|mailzustell|postausgang|sistema de entrega",
    re.IGNORECASE,
)

SUBJECT: Final = re.compile(
    r"undeliver(?:able|ed)|un-?deliverable|delivery (?:status )?(?:notification|report|failure|failed|problem|error|"
    r"has failed|incomplete|delayed)|fail(?:ed|ure)[ :(]*(?:mail|delivery|notice|to deliver)|failure notice|"
    r"returned mail|^mail error$|"
    r"mail (?:delivery|system|transport|status)[ :-]*(?:error|fail\w*|report|returned|problem|deferred|warning|"
    r"delayed)|"
    r"returned to sender|returning (?:message|mail)|(?:message|mail|e-?mail) (?:could not be|not|was not|cannot be|"
    r"undeliver\w*) ?(?:deliver\w*|sent)?|could ?n[o']t (?:be delivered|send)|unable to deliver|not deliverable|"
    r"nondeliverable|non-?delivery|user unknown|unknown (?:user|address|recipient)|message status|mail delivery|"
    r"warning: (?:could not send|message)|delayed mail|delivery delay|invalid (?:recipient|address)|ndn:|"
    r"permanent delivery|rejected (?:mail|message)|(?:mail|message) rejected|bounced? (?:mail|message)|"
    r"unzustellbar|nicht zustellbar|nicht zugestellt|zustellung|rückläufer|fehler bei der zustellung|"
    r"non remis|non distribu|non délivr|échec de (?:la )?(?:remise|livraison|distribution)|retour de message|"
    r"no se (?:puede|pudo|ha podido) entregar|no entregado|error de entrega|devuelto|no se ha entregado|"
    r"não entregue|não (?:foi )?(?:possível )?entreg|falha (?:na|de|da) entrega|devolvid[ao]|"
    r"impossibile recapitare|non recapitabil|recapito non riuscito|mancat[ao] (?:consegna|recapito)|"
    r"onbestelbaar|niet (?:bezorgd|afgeleverd)|bezorging mislukt|"
    r"olevererbar|kunde inte levereras|kan ikke leveres|ikke leveret|kunne ikke leveres|"
    r"toimittamatta|ei voitu toimittaa|nie można dostarczyć|niedostarcz|nedoručiteln|nelze doručit|"
    r"не удаётся доставить|не удается доставить|не доставлен|недоставлен|невозможно доставить|"
    r"配信不能|配信できません|エラーメール|"
    r"未送达|无法投递|无法送达|退信|未傳遞|배달되지|반송|전송 실패|teslim edilemedi",
    re.IGNORECASE,
)

DELAYED: Final = re.compile(
    r"delay(?:ed)?\b|will (?:be )?(?:keep|retr|try|continue)|(?:not yet|still) (?:been )?(?:delivered|trying)|"
    r"no action is required|warning message only|do not need to (?:resend|do)|temporar|deferred|still being retried|"
    r"verzögert|retardé|retrasad|atrasad|in ritardo|vertraagd|försenad|forsinket|opóźnion|задерж",
    re.IGNORECASE,
)

SOFT: Final = re.compile(
    r"(?:mailbox|mail ?box|inbox|account|quota|disk|storage|postfach|folder|box)\b[^.\n]{0,60}(?:full|exceed|"
    r"over ?quota|"
    r"voll|lleno|plein|piena|vol\b)|over (?:the )?(?:disk )?quota|quota exceeded|insufficient (?:storage|disk)|"
    r"exceeded (?:the |its |his |their )?(?:\w+ )?(?:quota|storage)|too (?:large|big)|size limit|try again later|"
    r"temporar|timed? ?out|connection refused|retry time",
    re.IGNORECASE,
)

HARD: Final = re.compile(
    r"(?:user|recipient|mailbox|address|account|local part|host|domain|destinat\w+)\b[^.\n]{0,60}(?:unknown|"
    r"not (?:found|"
    r"exist\w*|valid|listed|known)|does ?n[o']t exist|invalid|disabled|unavailable|inactive|unrouteable|rejected)|"
    r"(?:unknown|no such|invalid|unrouteable|bad|illegal|nonexistent|non-existent) (?:\w+ )?(?:user|recipient|mailbox|"
    r"address|account|host|domain|name|person|alias)|no mailbox here|is ?n[o']t (?:listed|known)|"
    r"permanent(?:ly)? (?:fatal |"
    r"delivery )?(?:error|fail)|doesn't have (?:a|an) .{0,40}account|not our customer|could not be delivered|"
    r"undeliverable|"
    r"has been (?:disabled|suspended|discontinued)|no longer (?:valid|active|available|works|exists|accepts)|"
    r"couldn't be (?:found|delivered)|wasn't found|delivery (?:has )?failed|nicht bekannt|unbekannt|inconnu|desconocid|"
    r"desconhecid|sconosciut|onbekend",
    re.IGNORECASE,
)

CAME_BACK: Final = re.compile(
    r"(?:could|can|was|were|is|has|have) ?n[o']t (?:be |been )?(?:able to (?:be )?)?(?:deliver|sent|accept)|"
    r"cannot be deliver|"
    r"unable to (?:be )?deliver|undeliver|failed recipient|delivery (?:attempts?|of (?:the |your |this )?(?:e-?mail|"
    r"message))\b|"
    r"returned mail|has been (?:returned|rejected|postponed)|not a valid user|konnte nicht (?:zugestellt|übermittelt)|"
    r"n['’]a (?:pas )?pu [êe]tre|no (?:pudo|ha podido|se pudo) (?:ser )?entreg|não (?:pôde|foi possível)|"
    r"non è stato possibile|kon niet worden|kunde inte levereras|kunne ikke leveres|nie (?:mogła|może|można)|"
    r"не удалось",
    re.IGNORECASE,
)
"""What the text of a returned mail says, where neither its sender nor its fields tell."""

TO_THE_WRITER: Final = re.compile(
    r"following (?:recipient|address|user)|your (?:e-?mail|message|mail)[^.]{0,160}(?:could not|can ?not|was not|n't) "
    r"(?:be |been )?(?:delivered|sent)|delivery of (?:the |your )?e-?mail to this address|votre message n['’]a|"
    r"ihre (?:nachricht|e-?mail) konnte|(?:su|tu) mensaje no|(?:sua|a) mensagem não|messaggio non è stato|"
    r"uw bericht (?:kon|is) niet|ditt meddelande kunde|din (?:besked|meddelelse|melding) kunne|ваше сообщение не",
    re.IGNORECASE,
)
"""How only a program speaks about it: to somebody whose mail it was."""
