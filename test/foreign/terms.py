"""Terms of use, as the host of the setup pages opens them, and the answers that it can get ([MS-MDE2] does not have them)."""

import re
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.sax.saxutils import escape, quoteattr

from enrolment import GUID
from refusal import Refusal, need

BACK = "ms-aadj-redir://auth/mdm"


class Terms:
    def __init__(self, server):
        self.server = server
        self.blobs = set()
        self.opened = {}

    def open(self, http):
        """The page: its form posts to another path, its first button is the one that declines."""
        query = dict(parse_qsl(urlsplit(http.path).query, strict_parsing=True))
        need(query.get("redirect_uri") == BACK, 400, f"the answer is wanted at {query.get('redirect_uri')}")
        need(re.fullmatch(GUID, query.get("client-request-id", "")) is not None, 400, "client-request-id")
        need(query.get("api-version") == "1.0", 400, f"api-version {query.get('api-version')}")
        need(query.get("mode") == "azureadjoin", 400, f"mode {query.get('mode')}")
        need(http.headers.get("CXH-HOST") == "FRX", 400, f"CXH-HOST {http.headers.get('CXH-HOST')}")
        scheme, _, token = (http.headers.get("Authorization") or "").partition(" ")
        need(scheme == "Bearer", 401, "no bearer token")
        claims = self.server.authority.check_token(token, self.server.claims)
        if self.server.habits["terms"] == "denied":
            return 302, self._back(error="access_denied", error_description="Not for <you>"), b""
        number = secrets.token_hex(8)
        self.opened[number] = claims["upn"]
        self.server.log.write("terms", upn=claims["upn"])
        lines = "".join(f"<li>{escape(line)}</li>" for line in ("Keep it dry & charged.", "Give it back in June."))
        return 200, {"Content-Type": "text/html; charset=utf-8"}, (
            f"<!doctype html><HTML><TITLE>Hedgerow</TITLE><ul>{lines}</ul><FORM ACTION='/terms/said' METHOD=POST>"
            f"<input type=hidden name=paper value={quoteattr(number)}><button name=said value=decline>Nee</button>"
            "<INPUT TYPE=submit NAME=said VALUE=agree></FORM></HTML>").encode()

    def answer(self, http):
        said = dict(parse_qsl(http.body.decode(), strict_parsing=True))
        need(said.pop("paper", None) in self.opened, 400, "an answer to a page that was never opened")
        need(said in ({"said": "agree"}, {"said": "decline"}), 400, f"the answer {said}")
        if said["said"] == "decline":
            return 302, self._back(IsAccepted="false"), b""
        blob = secrets.token_urlsafe(24) + "/+ &="
        self.blobs.add(blob)
        return 302, self._back(OpaqueBlob=blob, IsAccepted="TRUE"), b""

    def check(self, data):
        """EnrollmentData of an enrolment has to be what the acceptance gave back."""
        if self.server.habits["terms"] == "no":
            return
        if data not in self.blobs:
            raise Refusal("EnrollmentServer", "the terms of use were not accepted", "InvalidEnrollmentData")
        self.server.log.write("agreed")

    def _back(self, **answer):
        return {"Location": f"{BACK}?{urlencode(answer)}"}
