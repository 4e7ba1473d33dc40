"""XML of Exchange Web Services: reading a request, writing an answer, and both checked against Microsoft's schema."""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

ROOT = Path(__file__).parents[3]
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
M = "http://schemas.microsoft.com/exchange/services/2006/messages"
T = "http://schemas.microsoft.com/exchange/services/2006/types"
E = "http://schemas.microsoft.com/exchange/services/2006/errors"
NS = {"s": SOAP, "m": M, "t": T, "e": E}
m: Any = ElementMaker(namespace=M, nsmap=NS)
t: Any = ElementMaker(namespace=T, nsmap=NS)
Element = Any


def schema_folder() -> Path | None:
    """Beside the project, or beside the folder that holds it."""
    found = (parent / "shared" / "ews" for parent in ROOT.parents)
    return next((folder for folder in found if (folder / "messages.xsd").is_file()), None)


@cache
def schema() -> Any:
    """None where the schema is missing; then nothing is checked."""
    folder = schema_folder()
    return etree.XMLSchema(etree.parse(str(folder / "messages.xsd"))) if folder else None


def parsed(raw: bytes) -> tuple[Element, Element | None]:
    """The one element of the body, and the header. ValueError when it is no envelope."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    envelope = etree.fromstring(raw, parser)
    body = envelope.find(f"{{{SOAP}}}Body")
    if body is None or len(body) != 1:
        raise ValueError("a request has one element in its body")
    return body[0], envelope.find(f"{{{SOAP}}}Header")


def faults_of(element: Element) -> list[str]:
    """What the schema has against an element of a body."""
    known = schema()
    if known is None or known.validate(etree.ElementTree(element)):
        return []
    return [f"{error.line}: {error.message}" for error in known.error_log][:5]


_VERSION = (
    f'<t:ServerVersionInfo xmlns:t="{T}" MajorVersion="15" MinorVersion="1" MajorBuildNumber="2507" '
    'MinorBuildNumber="6" Version="V2017_07_11"/>'
)


def envelope(body: Element) -> bytes:
    inside = etree.tostring(body)
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Header>{_VERSION}</s:Header>'
        f"<s:Body>".encode()
        + inside
        + b"</s:Body></s:Envelope>"
    )


def fault(code: str, text: str, *, back_off: int = 0) -> bytes:
    """A fault of the whole request. back_off: milliseconds."""
    wait = f'<t:Value Name="BackOffMilliseconds">{back_off}</t:Value>' if back_off else ""
    more = f'<t:MessageXml xmlns:t="{T}">{wait}</t:MessageXml>' if wait else ""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="{SOAP}"><s:Body><s:Fault>'
        f'<faultcode xmlns:a="{T}">a:{code}</faultcode><faultstring xml:lang="en-US">{text}</faultstring>'
        f'<detail><e:ResponseCode xmlns:e="{E}">{code}</e:ResponseCode><e:Message xmlns:e="{E}">{text}</e:Message>'
        f"{more}</detail></s:Fault></s:Body></s:Envelope>"
    ).encode()


class RefusedError(Exception):
    """One part of a request cannot be done. code: as Exchange says it."""

    def __init__(self, code: str, text: str = "") -> None:
        super().__init__(f"{code} {text}")
        self.code = code
        self.text = text or code


def answer(operation: str, messages: list[Element]) -> Element:
    """An answer that holds a message for each part of the request."""
    return getattr(m, f"{operation}Response")(m.ResponseMessages(*messages))


def message(operation: str, *parts: Element, error: RefusedError | None = None) -> Element:
    made = getattr(m, f"{operation}ResponseMessage")
    if error is None:
        return made(m.ResponseCode("NoError"), *parts, ResponseClass="Success")
    return made(
        m.MessageText(error.text),
        m.ResponseCode(error.code),
        m.DescriptiveLinkKey("0"),
        *parts,
        ResponseClass="Error",
    )


def local(element: Element) -> str:
    return etree.QName(element).localname
