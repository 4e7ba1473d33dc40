"""What a refused login means, and the next step: the words of servers, translated for a volunteer."""

import re
from collections.abc import Sequence

_MAIL: Sequence[tuple[str, str, str]] = (
    (
        r"smtpclientauth|smtp_auth_disabled",
        "Microsoft 365 has SMTP AUTH switched off for this mailbox or the whole organisation",
        "an administrator switches on Authenticated SMTP for this mailbox (Active users, Mail, Manage email apps)",
    ),
    (
        r"basic authentication is disabled|basicauth(blocked|disabled)|logon failure: basic",
        "the server takes no passwords any more",
        "set oauth = true instead of the password, and run coordinator login",
    ),
    (
        r"did not meet the criteria|security defaults|conditional access",
        "a security policy of the organisation forbids this login",
        "ask an administrator to exempt this mailbox, or to allow this program in Conditional Access",
    ),
    (
        r"application-specific password|5\.7\.9|app password",
        "the account has two-step verification, so its own password does not work here",
        "make an app password and use that, or set oauth = true",
    ),
    (
        r"web ?browser|5\.7\.14",
        "the provider wants somebody to sign in with a web browser first",
        "sign in to the mailbox in a browser once, then try again",
    ),
    (
        r"imap (access |use )?is (disabled|not enabled)|not enabled for imap|imap.*(disabled|turned off)",
        "IMAP is switched off for this mailbox",
        "switch it on in the mailbox's settings, or ask an administrator to",
    ),
    (
        r"authenticated but not connected",
        "the token is right, but its owner has no mailbox there or may not open this one",
        "check username; a shared mailbox needs full access for whoever signed in",
    ),
    (
        r"password (has )?expired|must change",
        "the password has expired",
        "change it at the provider, then where password_command finds it",
    ),
)
_TOKENS: Sequence[tuple[str, str, str]] = (
    (
        r"AADSTS90002|AADSTS900023|AADSTS90038",
        "there is no such organisation (tenant)",
        "check tenant in [oauth]: the directory ID or a domain of the organisation",
    ),
    (
        r"AADSTS700016|AADSTS700038",
        "the program is not registered in this organisation",
        "check client_id and tenant in [oauth]",
    ),
    (
        r"AADSTS7000222",
        "the client secret has expired",
        "make a new one (App registrations, Certificates & secrets) and put it where client_secret_… points",
    ),
    (
        r"AADSTS7000215",
        "the client secret is wrong",
        "use the secret's Value, not its ID, and check where client_secret_… points",
    ),
    (
        r"AADSTS7000218",
        "the program's registration wants a client secret",
        'switch on "Allow public client flows" in the registration, or add client_secret_command',
    ),
    (
        r"AADSTS65001|AADSTS90094|AADSTS90095|consent_required|AADSTS650051|AADSTS650057",
        "nobody has consented to the permissions that this program asks for",
        "an administrator grants consent in App registrations, API permissions; then run coordinator login",
    ),
    (
        r"AADSTS70011|AADSTS1002012|AADSTS28002|AADSTS28003|AADSTS500011|invalid_scope",
        "the scope is wrong",
        "leave scopes out of [oauth], so that the right ones are used",
    ),
    (
        r"AADSTS5007[69]|AADSTS50158|AADSTS53003|AADSTS530\d\d|interaction_required|admin_policy_enforced|org_internal",
        "a policy of the organisation asks for more than was given",
        "run coordinator login again, or ask an administrator to allow this program",
    ),
    (
        r"AADSTS70008|AADSTS700082|AADSTS50173|AADSTS70043|AADSTS50089|expired or revoked",
        "the sign-in has expired or was revoked",
        "run coordinator login",
    ),
    (
        r"AADSTS50020|AADSTS50034|AADSTS50128|AADSTS90019",
        "whoever signed in does not belong to this organisation",
        "sign in with the program's mailbox, and check tenant in [oauth]",
    ),
    (
        r"AADSTS700024|AADSTS700021|Invalid JWT|reasonable timeframe|not within its valid time",
        "the clock of this machine differs from the provider's",
        "set it right (timedatectl set-ntp true), then try again",
    ),
    (
        r"unauthorized_client",
        "the program may not get tokens this way",
        "check client_id and flow in [oauth]; a service account needs domain-wide delegation for the scope",
    ),
    (
        r"invalid_client|deleted_client",
        "client_id or client secret is wrong",
        "check them in [oauth] against the provider's console",
    ),
    (
        r"access_denied|authorization_declined",
        "the sign-in was declined",
        "run coordinator login and agree, with the program's mailbox",
    ),
    (r"expired_token|code_expired", "the code was not entered in time", "run coordinator login again"),
    (r"invalid_grant", "the sign-in is no longer valid", "run coordinator login"),
)


def mail_refusal(said: str) -> tuple[str, str] | None:
    """(what it means, next step) of what an IMAP, SMTP or Exchange server said; None for unknown words."""
    return _found(_MAIL, said)


def token_refusal(said: str) -> tuple[str, str] | None:
    """The same of what a token endpoint said: its `error`, `error_codes` and `error_description`."""
    return _found(_TOKENS, said)


def _found(table: Sequence[tuple[str, str, str]], said: str) -> tuple[str, str] | None:
    for pattern, meaning, way in table:
        if re.search(pattern, said, re.IGNORECASE):
            return meaning, way
    return None
