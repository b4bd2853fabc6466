#!/usr/bin/env python3
"""
A second MDM server for Windows that knows nothing of oobe-sim. Where server.py is strict, this one is like the servers in use: it
reads what it needs of a message and no more, knows POST alone, never says Final, numbers its commands with GUIDs, writes a prefix
that it does not declare, answers errors in plain text and closes the connection on addresses that it does not have. Everything is
at one origin. `python3 plain.py --folder DIR` prints what a device needs to be pointed at it.
"""

import base64
import os
import re
import ssl
import uuid
from xml.sax.saxutils import escape

import plain_answers
from authority import Authority
from command import serve
from plain_sessions import Sessions, claims_of
from refusal import Log, Refusal, need
from server import Handler, Listener

TITLE = "Allotment MDM"
PROVIDER = "Allotment"
HABITS = {
    # Whether answers say Final, and whether lists of what is expected come before the release: none, one policy, or what
    # the file orders.json in its folder orders.
    "final": "no", "lists": "no",
    # What becomes of an address that it does not have: the connection is closed, or 404.
    "close": "yes",
    # Instead of the release: another text, other buttons and a limit of a minute, while the page is open.
    "shorten": "no",
    "page": "both", "minutes": "180", "block": "1", "text": "Ask at the office.",
    # Whether it adds the nodes of a user before it writes them.
    "nodes": "yes",
    # Status with which a certificate is refused, in plain text.
    "refuse": "",
}
PATHS = {"discovery": "/EnrollmentServer/Discovery.svc", "policy": "/EnrollmentServer/Policy.svc",
         "enrol": "/EnrollmentServer/Enrollment.svc", "manage": "/ManagementServer/MDM.svc"}
PARCELS = "/parcels/"


class Server:
    def __init__(self, folder, habits):
        self.folder = folder
        self.habits = {**HABITS, **habits}
        self.log = Log(os.path.join(folder, "log.ndjson"))
        self.authority = Authority(folder)
        self.listener = self._listener()
        self.origin = f"https://localhost:{self.listener.server_port}"
        self.sessions = Sessions(PROVIDER, self.url("manage"), self.habits, self.log,
                                 os.path.join(folder, "orders.json"))
        self.handlers = {PATHS["discovery"]: self.discover, PATHS["policy"]: self.policies, PATHS["enrol"]: self.enrol,
                         PATHS["manage"]: self.sessions.answer}

    def _listener(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(self.authority.path("web.pem"), self.authority.path("web-key.pem"))
        # One origin for all: who enrols has no certificate yet.
        context.verify_mode = ssl.CERT_OPTIONAL
        for name in ("care-root", "care-issuing"):
            context.load_verify_locations(self.authority.path(f"{name}.pem"))
        made = Listener(("127.0.0.1", 0), PlainHandler)
        made.owner = self
        made.socket = context.wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)
        return made

    def url(self, name):
        return self.origin + PATHS[name]

    def parcel(self, path):
        """What the orders lead to lies beside them; there is no such address where they lead to nothing."""
        file = os.path.join(self.folder, os.path.basename(path))
        if not path.startswith(PARCELS) or not os.path.isfile(file):
            return None
        with open(file, "rb") as opened:
            content = opened.read()
        return lambda http: ("application/octet-stream", content)

    def profile(self):
        return f"title: {TITLE}\nservices:\n  discovery: {self.url('discovery')}\ntrust: [web-root.pem]\n"

    def discover(self, http):
        need(found(http.body, "EmailAddress"), 400, "no EmailAddress")
        self.log.write("discover", version=found(http.body, "RequestVersion"))
        return plain_answers.discovered(message_id(http), self.url("policy"), self.url("enrol"))

    def policies(self, http):
        token_of(http.body)
        return plain_answers.policies(message_id(http))

    def enrol(self, http):
        """What the token says is believed, and what the request says is taken as it is."""
        need(self.habits["refuse"] == "", int(self.habits["refuse"] or 0), "No certificate today.")
        claims = token_of(http.body)
        request = re.search(rb"<[^>]*BinarySecurityToken[^>]*#PKCS10[^>]*>\s*([^<]+)", http.body)
        need(request is not None, 400, "no PKCS10")
        context = re.search(rb'Name="DeviceID"[^>]*>\s*<[^>]*>([^<]+)<', http.body)
        need(context is not None, 400, "no DeviceID")
        number = str(uuid.uuid4())
        own, _ = self.authority.issue_device(base64.b64decode(request.group(1)), number)
        self.sessions.enrolled(own, context.group(1).decode())
        self.log.write("issued", upn=claims["upn"])
        document = plain_answers.provisioning(PROVIDER, self.url("manage"), number, own,
                                              self.authority.certificate("care-root"))
        return plain_answers.issued(message_id(http), document)


def found(body, local):
    """Text of the first element of this name, whatever its namespace."""
    seen = re.search(rb"<(?:\w+:)?" + local.encode() + rb"(?:\s[^>]*)?>([^<]*)<", body)
    return seen.group(1).decode() if seen else None


def message_id(http):
    return escape(found(http.body, "MessageID") or "")


def token_of(body):
    """Claims of the token in the header."""
    seen = re.search(rb"<[^>]*BinarySecurityToken[^>]*urn:ietf:params:oauth:token-type:jwt[^>]*>\s*([^<]+)", body)
    need(seen is not None, 401, "no token")
    claims = claims_of(base64.b64decode(seen.group(1)).decode())
    need("upn" in claims, 401, "the token has no upn")
    return claims


class PlainHandler(Handler):
    """One way for all methods and addresses; 405 and 404 are in plain text."""

    server_version = "allotment"

    def any_method(self):
        self.read()
        owner = self.server.owner
        path = self.path.split("?")[0]
        handle = owner.handlers.get(path) or owner.parcel(path)
        owner.log.write("asked", method=self.command, path=path)
        if handle is None and owner.habits["close"] == "yes":
            self.close_connection = True
            owner.log.write("closed", path=path)
            return
        try:
            need(handle is not None, 404, "not found")
            need(self.command == "POST" or path.startswith(PARCELS), 405, "Method Not Allowed")
            kind, body = handle(self)
            self.reply(200, {"Content-Type": kind}, body)
        except Refusal as refusal:
            owner.log.write("refused", path=path, kind=refusal.kind, text=refusal.text)
            self.reply(refusal.kind, {"Content-Type": "text/plain; charset=utf-8"}, f"{refusal.text}\n".encode())

    do_GET = do_HEAD = do_POST = do_PUT = any_method


def start(folder, habits):
    server = Server(folder, habits)
    page = "without" if habits.get("page") == "none" else "with"
    return [server.listener], server.profile(), lambda path: [
        f"{TITLE}: everything at {server.origin}",
        f"oobe run server-{page}-status-page --service {path}",
    ]


if __name__ == "__main__":
    serve("An MDM server that is like the ones in use.", HABITS, start)
