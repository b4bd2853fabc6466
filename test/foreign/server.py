#!/usr/bin/env python3
"""
An MDM server for Windows that knows nothing of oobe-sim: written from Microsoft's specifications, in another language, on the
standard library and the openssl command, with its own habits. It serves enrolment at one origin and management at another,
which requires a client certificate. `python3 server.py --folder DIR` prints what a device needs to be pointed at it.
"""

import json
import os
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from authority import Authority, unpadded
from care import Care, Device
from command import serve
from enrolment import Enrolment, answer_of
from plan import Plan, package_of
from refusal import Log, Refusal
from sign_in import SignIn
from terms import Terms

PROVIDER = "Hedgerow Device Care"
CLAIMS = {"aud": "api://hedgerow-device-care", "iss": "https://id.hedgerow.example/", "scp": "mdm_delegation",
          "tid": "6f2c1d9a-4b73-4e58-9c0a-7d1e2f3a4b5c", "upn": "alice@contoso.example"}
USER = ("alice@contoso.example", "hedge & <row>")
HABITS = {
    "auth": "OnPremise", "version": "5.0", "policies": "served", "issue": "served", "bits": "2048", "hash": "sha384",
    "store": "System", "criteria": "own", "client": "own", "authorities": "root+intermediate", "refuse": "",
    # Days that a device's first certificate is good for; what becomes of its renewal: served, refused, ordered, recover.
    "days": "400", "renew": "no", "health": "no",
    "exam": "no", "md5": "no", "busy": "once", "abort": "no", "unenrol": "no", "max": "2048",
    "drop": "0", "parcels": "served",
    "page": "both", "block": "3", "minutes": "60", "text": "", "agent": "Hedgerow Agent", "ready": "yes", "limit": "",
    "finish": "yes", "poll": "", "tracked": "", "restart": "no", "terms": "no", "begin": "served", "enrollee": "token", "gate": "none",
    # Windows Hello for Business: off, or not said, where Windows offers it.
    "hello": "off",
    # What the header of each answer gets wrong: session, target, message (one MsgID for all), ref, replay (the first answer again).
    "mix": "nothing",
}
PATHS = {"begin": "/enrol/v2/begin", "rules": "/enrol/v2/rules", "issue": "/enrol/v2/issue",
         # Where the mocked Entra says that it is.
         "gate": "/gate/page", "in": "/gate/in", "terms": "/TermsOfUse", "said": "/terms/said"}


class Server:
    def __init__(self, folder, habits):
        self.habits = {**HABITS, **habits}
        self.habits["bits"] = int(self.habits["bits"])
        self.provider = PROVIDER
        self.claims = CLAIMS
        self.user = USER
        self.log = Log(os.path.join(folder, "log.ndjson"))
        self.authority = Authority(folder)
        self.enrolment = Enrolment(self)
        self.terms = Terms(self)
        self.sign_in = SignIn(USER)
        # A renewal has no token: the certificate of the connection says who asks. All others come without one.
        known = None if self.habits["renew"] == "no" else "care-root"
        self.web = listener(self, WebHandler, "web", known, is_optional=True)
        self.care_listener = listener(self, CareHandler, "care", "care-root")
        self.origin = f"https://localhost:{self.web.server_port}"
        self.care = f"https://127.0.0.1:{self.care_listener.server_port}/care/sync?school=7F"
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "school.json"), encoding="utf-8") as file:
            self.school = json.load(file)
        self.parcels = {} if self.habits["parcels"] == "lost" else {
            f"{app['product'][1:-1]}.msi": package_of(app) for app in self.school["apps"]}
        if self.habits["parcels"] == "spoiled":
            self.parcels = {name: bytes([*parcel[:-1], parcel[-1] ^ 1]) for name, parcel in self.parcels.items()}
        self.drops = int(self.habits["drop"])
        plan = Plan(self.school, CLAIMS["tid"], PROVIDER, f"{self.origin}/parcels", self.care, self.habits)
        self.channel = Care(self.care, self.habits, self.log, self._upn_of, plan)

    def url(self, name):
        return self.origin + PATHS[name]

    def enrolled(self, certificate, device_id, number, claims):
        device = Device(certificate, device_id, number, claims)
        self.channel.devices[certificate] = device
        return device

    def renewed(self, device, certificate):
        """From now on the device has the new certificate, and nothing else is taken from it."""
        del self.channel.devices[device.certificate]
        device.certificate = certificate
        self.channel.devices[certificate] = device

    def _upn_of(self, token):
        if self.habits["enrollee"] == "password":
            # The token comes from another Entra: it says who is there, and proves nothing here.
            return json.loads(unpadded(token.split(".")[1]))["upn"]
        return self.authority.check_token(token, CLAIMS)["upn"]

    def profile(self):
        claims = ", ".join(f"{name}: {json.dumps(value)}" for name, value in CLAIMS.items())
        means = (f"  token:\n    minted:\n      key: idp-key.pem\n      keyId: hedgerow-1\n      claims: {{ {claims} }}\n")
        if self.habits["enrollee"] == "password":
            means = f"  password: {{ username: {json.dumps(USER[0])}, text: {json.dumps(USER[1])} }}\n"
        return (f"title: {PROVIDER}\nservices:\n  discovery: {self.url('begin')}\ntrust: [web-root.pem]\n"
                f"enrollment:\n{means}")


class Handler(BaseHTTPRequestHandler):
    """Keeps connections, and says of itself what no other server says."""

    protocol_version = "HTTP/1.1"
    server_version = "Hedgerow/7.4"
    timeout = 60
    disable_nagle_algorithm = True

    def setup(self):
        self.request.settimeout(self.timeout)
        self.request.do_handshake()
        super().setup()

    def read(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def reply(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class WebHandler(Handler):
    """Enrolment and packages: no certificate is asked for."""

    def do_GET(self):
        self.read()
        owner = self.server.owner
        page = {PATHS["terms"]: owner.terms.open, PATHS["gate"]: owner.sign_in.open}.get(self.path.split("?")[0])
        if page:
            self.ask(page)
            return
        parcel = owner.parcels.get(self.path.removeprefix("/parcels/"))
        owner.log.write("get", path=self.path, agent=self.headers.get("User-Agent"), found=parcel is not None)
        self.reply(404 if parcel is None else 200, {"Content-Type": "application/octet-stream"}, parcel or b"")

    def do_POST(self):
        self.read()
        owner = self.server.owner
        said = {PATHS["said"]: owner.terms.answer, PATHS["in"]: owner.sign_in.answer}.get(self.path)
        if said:
            self.ask(said)
            return
        handle = {PATHS["begin"]: owner.enrolment.discover, PATHS["rules"]: owner.enrolment.policies,
                  PATHS["issue"]: owner.enrolment.issue}.get(self.path.split("?")[0])
        if handle is None:
            self.reply(404, {}, b"")
            return
        moved = {"abroad": owner.care, "plain": owner.url("begin").replace("https", "http")}.get(owner.habits["begin"])
        if moved and self.path == PATHS["begin"]:
            self.reply(302, {"Location": moved}, b"")
            return
        if self.path == PATHS["begin"] and owner.habits["begin"] == "empty":
            self.reply(200, {"Content-Type": "application/soap+xml"}, b"")
            return
        status, body = answer_of(handle, self, owner.log)
        self.reply(status, {"Content-Type": "application/soap+xml; charset=utf-8"}, body)


    def ask(self, handle):
        try:
            self.reply(*handle(self))
        except Refusal as refusal:
            self.server.owner.log.write("refused", where="page", kind=refusal.kind, text=refusal.text)
            self.reply(refusal.kind if isinstance(refusal.kind, int) else 401, {}, refusal.text.encode())


class CareHandler(Handler):
    """Management: the TLS layer has let in no client without a certificate that chains to the root."""

    def do_POST(self):
        self.read()
        owner = self.server.owner
        if owner.drops > 0:
            owner.drops -= 1
            owner.log.write("dropped")
            self.close_connection = True
            return
        try:
            self.reply(*owner.channel.answer(self, self.connection.getpeercert(True)))
        except Refusal as refusal:
            self.close_connection = True
            owner.log.write("refused", where="care", kind=refusal.kind, text=refusal.text)
            self.reply(refusal.kind if isinstance(refusal.kind, int) else 401, {"Content-Type": "text/plain; charset=utf-8"}, refusal.text.encode())


class Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        error = sys.exc_info()[1]
        if isinstance(error, (ssl.SSLError, ConnectionError, TimeoutError)):
            self.owner.log.write("connection", trouble=type(error).__name__, text=str(error))
            return
        self.owner.log.write("bug", text=repr(error))
        super().handle_error(request, client_address)


def listener(owner, handler, name, clients, is_optional=False):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Its own certificate alone: a client that needs the issuing authority has to have it.
    context.load_cert_chain(owner.authority.path(f"{name}.pem"), owner.authority.path(f"{name}-key.pem"))
    if clients:
        context.verify_mode = ssl.CERT_OPTIONAL if is_optional else ssl.CERT_REQUIRED
        context.load_verify_locations(owner.authority.path(f"{clients}.pem"))
    made = Listener(("127.0.0.1", 0), handler)
    made.owner = owner
    made.socket = context.wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)
    return made


def start(folder, habits):
    server = Server(folder, habits)
    return [server.web, server.care_listener], server.profile(), lambda path: [
        f"{PROVIDER}: enrolment at {server.origin}, management at {server.care}",
        f"oobe run surface-wifi-happy-path --service {path}",
    ]


if __name__ == "__main__":
    serve("An MDM server that knows nothing of oobe-sim.", HABITS, start)
