"""SOAP 1.2 with WS-Addressing as [MS-MDE2] has it: read strictly, written in this server's own hand."""

import io
import re
import uuid
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

from refusal import Refusal, need

SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://www.w3.org/2005/08/addressing"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
MDE = "http://schemas.microsoft.com/windows/management/2012/01/enrollment"
XCEP = "http://schemas.microsoft.com/windows/pki/2009/01/enrollmentpolicy"
PKI = "http://schemas.microsoft.com/windows/pki/2009/01/enrollment"
WST = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
AUTHZ = "http://schemas.xmlsoap.org/ws/2006/12/authorization"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XSD = "http://www.w3.org/2001/XMLSchema"
BASE64 = WSSE + "#base64binary"
WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
PASSWORD_TEXT = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"
WEB = "http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentUserToken"
JWT = "urn:ietf:params:oauth:token-type:jwt"

DISCOVER = MDE + "/IDiscoveryService/Discover"
POLICIES = XCEP + "/IPolicy/GetPolicies"
ISSUE = PKI + "/RST/wstep"

FORMAT = "MessageFormat"


def named(space, local):
    return "{%s}%s" % (space, local)


def local_of(element):
    return element.tag.rsplit("}", 1)[-1]


def only(parent, space, local, kind=FORMAT):
    found = [] if parent is None else parent.findall(named(space, local))
    need(len(found) == 1, kind, f"{len(found)} elements {local}, where there has to be one")
    return found[0]


def text_of(parent, space, local):
    return only(parent, space, local).text or ""


def in_order(parent, space, *locals_):
    """The children of a sequence of the schema: these, in this order, and no other."""
    found = [child.tag for child in parent]
    need(found == [named(space, one) for one in locals_], FORMAT,
         f"{local_of(parent)} holds {', '.join(tag.rsplit('}', 1)[-1] for tag in found) or 'nothing'}")


class Request:
    """One message of the enrolment, its headers checked."""

    def __init__(self, http, action, url):
        self.prefixes = {}
        self.message_id = ""
        need(http.headers.get("Content-Type") == "application/soap+xml; charset=utf-8", FORMAT,
             f"the Content-Type is {http.headers.get('Content-Type')}")
        need(http.headers.get("User-Agent") == "ENROLLClient", FORMAT, "the User-Agent is not ENROLLClient")
        need(http.headers.get("Transfer-Encoding") is None, FORMAT, "the message comes in chunks")
        need(int(http.headers.get("Content-Length", "-1")) == len(http.body), FORMAT, "no Content-Length")
        need(b"<!DOCTYPE" not in http.body, FORMAT, "a document type declaration")
        try:
            events = ET.iterparse(io.BytesIO(http.body), events=("start-ns", "end"))
            for event, value in events:
                if event == "start-ns":
                    self.prefixes[value[0]] = value[1]
            root = events.root
        except ET.ParseError as error:
            raise Refusal(FORMAT, f"not well-formed: {error}") from error
        need(root.tag == named(SOAP, "Envelope"), FORMAT, "the root is not an Envelope of SOAP 1.2")
        in_order(root, SOAP, "Header", "Body")
        header, body = root
        self.message_id = text_of(header, WSA, "MessageID")
        need(re.fullmatch(r"urn:uuid:[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", self.message_id) is not None,
             FORMAT, "the MessageID is no urn:uuid")
        self._understood(header, "Action", action)
        self._understood(header, "To", url)
        reply = text_of(only(header, WSA, "ReplyTo"), WSA, "Address")
        need(reply == WSA + "/anonymous", FORMAT, f"the answer is wanted at {reply}")
        need(len(body) == 1, FORMAT, f"{len(body)} elements in the Body")
        self.header = header
        self.body = body[0]

    def _understood(self, header, local, wanted):
        element = only(header, WSA, local)
        need(element.text == wanted, FORMAT, f"{local} is {element.text}")
        need(element.get(named(SOAP, "mustUnderstand")) == "1", FORMAT, f"{local} lacks mustUnderstand")

    def token(self, kind=JWT):
        """The text of the header token in base64: an Entra token, when it is of no other kind."""
        security = only(self.header, WSSE, "Security", "InvalidSecurity")
        need(security.get(named(SOAP, "mustUnderstand")) == "1", "InvalidSecurity", "Security lacks mustUnderstand")
        token = only(security, WSSE, "BinarySecurityToken", "Authentication")
        need(token.get("ValueType") == kind, "Authentication", f"a token of type {token.get('ValueType')}")
        return binary(token).decode("utf-8", errors="replace")


def user_of(request):
    """Name and password of the header ([MS-MDE2] 3.3, authentication policy OnPremise)."""
    security = only(request.header, WSSE, "Security", "InvalidSecurity")
    need(security.get(named(SOAP, "mustUnderstand")) == "1", "InvalidSecurity", "Security lacks mustUnderstand")
    token = only(security, WSSE, "UsernameToken", "Authentication")
    in_order(token, WSSE, "Username", "Password")
    need(token.get(named(WSU, "Id")) is not None, "InvalidSecurity", "the UsernameToken has no Id")
    # As recorded: with the prefix of its element.
    kind = token[1].get(named(WSSE, "Type"))
    need(kind == PASSWORD_TEXT, "InvalidSecurity", f"a password of type {kind}")
    return token[0].text, token[1].text


def binary(token):
    """Bytes of a BinarySecurityToken."""
    import base64
    import binascii

    need(token.get("EncodingType") == BASE64, "InvalidSecurity", f"a token encoded as {token.get('EncodingType')}")
    try:
        return base64.b64decode((token.text or "").encode(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal("InvalidSecurity", "the token is not in base64") from error


def envelope(action, relates_to, body):
    """An answer: declaration, CRLF, prefixes and an order of headers that no Windows sample has."""
    number = str(uuid.uuid4()).upper()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<env:Envelope xmlns:env="{SOAP}" xmlns:wsa="{WSA}" xmlns:xs="{XSI}">',
        "\t<env:Header>",
        f"\t\t<wsa:RelatesTo>\r\n\t\t\t{escape(relates_to)}\r\n\t\t</wsa:RelatesTo>" if relates_to else "",
        f'\t\t<h:ServerBuild xmlns:h="urn:hedgerow:care">7.4.{number[:4]}</h:ServerBuild>',
        f'\t\t<wsa:Action env:mustUnderstand="true">{action}</wsa:Action>',
        "\t</env:Header>",
        f"\t<env:Body>\r\n{body}\r\n\t</env:Body>",
        "</env:Envelope>",
        "",
    ]
    return "\r\n".join(line for line in lines[:-1] if line).encode() + b"\r\n"


def fault(refusal, relates_to):
    """Every second kind of fault is in lower case with status 200, as one deployed server has it; the others have 500."""
    quiet = refusal.kind in ("MessageFormat", "CertificateRequest", "InvalidSecurity")
    word = (lambda name: name.lower()) if quiet else (lambda name: name)
    detail = ""
    if refusal.error_type:
        detail = (f'<env:{word("Detail")}><e:DeviceEnrollmentServiceError xmlns:e="{PKI}">'
                  f"<e:TraceId>{str(uuid.uuid4()).upper()}</e:TraceId><e:Message>{escape(refusal.text)}</e:Message>"
                  f"<e:ErrorType>{refusal.error_type}</e:ErrorType>"
                  f'</e:DeviceEnrollmentServiceError></env:{word("Detail")}>')
    body = (f'<env:{word("Fault")}><env:{word("Code")}><env:{word("Value")}>env:{word("Receiver")}</env:{word("Value")}>'
            f'<env:{word("Subcode")}><env:{word("Value")}>env:{word(refusal.kind)}</env:{word("Value")}>'
            f'</env:{word("Subcode")}></env:{word("Code")}><env:{word("Reason")}>'
            f'<env:{word("Text")} xml:lang="nl">{escape(refusal.text)}</env:{word("Text")}></env:{word("Reason")}>'
            f'{detail}</env:{word("Fault")}>')
    return (200 if quiet else 500), envelope(WSA + "/soap/fault", relates_to, body)
