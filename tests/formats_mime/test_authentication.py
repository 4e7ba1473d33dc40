"""Authentication-Results: believed only from our own server, only about the sender's own domain."""

import pytest

from coordinator.formats.mime import Own, envelope

OWN = Own(address="program@chapter.example.org", domain="chapter.example.org", trusted_authserv_ids=("mx.ok.example",))
M365 = Own(address="program@chapter.example.org", domain="chapter.example.org", trusted_authserv_ids=("m365",))
NOBODY = Own(address="program@chapter.example.org", domain="chapter.example.org")
BORDER = "Received: from mail.legit.example (mail.legit.example [192.0.2.9])\n\tby mx.ok.example with ESMTPS; now\n"
INSIDE = "Received: by store.ok.example; now\n"
REST = "From: Alice <alice@legit.example>\nTo: program@chapter.example.org\n\nyes\n"


def auth(own: Own, *lines: str) -> str:
    return envelope(("".join(lines) + REST).encode(), own).auth


def results(text: str) -> str:
    return f"Authentication-Results: {text}\n"


PASS = results("mx.ok.example; dmarc=pass (p=reject) header.from=legit.example")
FAIL = results("mx.ok.example;\n\tspf=softfail smtp.mailfrom=legit.example;\n\tdmarc=fail header.from=legit.example")


def test_a_trusted_pass_counts() -> None:
    assert auth(OWN, INSIDE, BORDER, PASS) == "pass"
    assert auth(OWN, PASS, BORDER) == "pass"


def test_a_trusted_fail_counts() -> None:
    assert auth(OWN, BORDER, FAIL) == "fail"
    assert auth(OWN, BORDER, results("mx.ok.example; dmarc=temperror header.from=legit.example")) == "fail"


def test_without_trusted_names_nothing_is_known() -> None:
    assert auth(NOBODY, BORDER, PASS) == "unknown"


def test_fields_of_other_servers_are_ignored() -> None:
    assert auth(OWN, BORDER, results("mx.evil.example; dmarc=pass header.from=legit.example")) == "unknown"


def test_a_forged_field_below_the_hand_over_is_ignored() -> None:
    forged = "Received: from a by mx.evil.example; then\n" + PASS
    assert auth(OWN, BORDER, FAIL, forged) == "fail"
    assert auth(OWN, BORDER, forged) == "unknown"
    assert auth(OWN, BORDER, "Received: from x by mx.ok.example; then\n", PASS) == "unknown"


def test_two_that_contradict_are_no_pass() -> None:
    assert auth(OWN, BORDER, FAIL, PASS) == "fail"
    assert auth(OWN, BORDER, results("mx.ok.example; dmarc=none header.from=legit.example"), PASS) == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        "mx.ok.example (comment; dmarc=pass)",
        "mx.ok.example; none",
        "mx.ok.example; dmarc=pass header.from=legit.example'a.attack.example",
        "mx.ok.example; dmarc=pass header.from=legit.example(.attack.example",
        'mx.ok.example; dmarc=pass header.from="legit.example',
        "mx.ok.example; dmarc=pass header.from=attack.example",
        "mx.ok.example; dkim=pass header.d=attack.example",
        "mx.ok.example; dkim=pass header.d=example",
        "mx.ok.example; spf=pass smtp.mailfrom=attack.example",
        "mx.ok.example; dkim=pass",
        "mx.ok.example",
        "",
        "(((((",
        '"mx.ok.example; dmarc=pass',
    ],
)
def test_what_does_not_vouch_for_the_sender_is_no_pass(text: str) -> None:
    assert auth(OWN, BORDER, results(text)) != "pass"


@pytest.mark.parametrize(
    "text",
    [
        "mx.ok.example; dkim=pass header.d=legit.example header.s=x",
        "mx.ok.example 1; dkim=pass header.i=@legit.example; spf=pass smtp.mailfrom=bounce@legit.example",
        "mx.ok.example; spf = pass smtp.mailfrom=bounce@legit.example",
        "MX.OK.example; dkim=pass header.d=other.example; dkim=pass header.d=legit.example; dmarc=pass",
    ],
)
def test_an_aligned_signature_vouches_where_no_policy_speaks(text: str) -> None:
    assert auth(OWN, BORDER, results(text)) == "pass"


def test_microsoft_365_writes_no_name_and_only_the_topmost_field_counts() -> None:
    hop = "Received: from AM0.eurprd01.prod.outlook.com by DB9.eurprd01.prod.outlook.com with HTTPS; now\n"
    text = results(
        "spf=pass (sender IP is 192.0.2.9)\n smtp.mailfrom=legit.example; dkim=pass (signature was verified)\n"
        " header.d=legit.example;dmarc=pass action=none header.from=legit.example;compauth=pass reason=100"
    )
    assert auth(M365, hop, text) == "pass"
    assert (
        auth(M365, hop, results("spf=fail smtp.mailfrom=legit.example; dmarc=fail header.from=legit.example"), text)
        == "fail"
    )
    assert auth(OWN, hop, text) == "unknown"
