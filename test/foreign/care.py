"""The management channel: the devices that are known by their certificates, and an answer for each message ([MS-MDM] 3.2)."""

import base64
import secrets
from urllib.parse import parse_qs, urlsplit

import syncml
from plan import Batch, Order
from refusal import need
from session import Expected, Session

CONTENT_TYPE = "application/vnd.syncml.dm+xml"


class Device:
    def __init__(self, certificate, device_id, number, claims):
        self.certificate = certificate
        self.device_id = device_id
        self.number = number
        self.upn = claims["upn"]
        self.secret = "pa&ss" + number[:8]
        self.nonce = base64.b64encode(secrets.token_bytes(12)).decode()
        self.batches = []
        self.plans = set()
        self.sessions = []
        self.session = None
        self.first_answer = None
        self.reported = {}
        self.found = {}
        self.info = {}
        self.hardware = None
        self.busy = None
        self.has_left = False
        self.wanted = {"device": set(), "user": set()}

    def has_reported(self, scope):
        return self.wanted[scope] <= set(self.reported)


class Care:
    """The service: one answer for each message."""

    def __init__(self, address, habits, log, upn_of, plan):
        self.address = address
        self.habits = habits
        self.log = log
        self.upn_of = upn_of
        self.plan = plan
        self.devices = {}
        self.max_size = int(habits["max"])

    def answer(self, http, certificate):
        device = self.devices.get(certificate)
        need(device is not None and not device.has_left, 401, "a certificate that is not in force here")
        self._http(http)
        if device.busy is not None:
            need(device.busy == http.body, 400, "after 429 another message than before")
            device.busy = None
            self.log.write("resent", bytes=len(http.body))
        message = syncml.Message(http.body)
        if self.habits["busy"] == "once" and message.msg_id == "3" and len(device.sessions) == 1:
            if not getattr(device, "was_busy", False):
                device.was_busy, device.busy = True, http.body
                return 429, {"Retry-After": "45"}, b""
        if message.msg_id == "1":
            self._begin(device, message)
        session = device.session
        need(session is not None and session.id == message.session_id, 400, f"no session {message.session_id}")
        statuses, is_complete = session.hear(message, http)
        mixed = self.habits["mix"]
        session.said = 999 if mixed == "message" else session.said + 1
        if session.login is not None:
            self._prepare(device, session.person)
        commands, final = [], True
        if session.is_known and not is_complete:
            commands, final = [syncml.alert(session.next_number(), 1222)], False
            session.expected.insert(0, Expected(str(session.said), str(session.number), Order("Alert")))
        elif session.is_known and self.habits["abort"] == "yes" and len(device.sessions) == 1 and session.heard > 2:
            commands, session.is_over = [syncml.alert(session.next_number(), 1223)], True
            self.log.write("aborted", session=session.id)
        elif session.is_known:
            commands, final = session.speak()
            session.is_over = not commands
        if mixed == "ref":
            statuses[0] = statuses[0].replace(syncml.leaf("MsgRef", message.msg_id), syncml.leaf("MsgRef", "77"))
        body = syncml.message("77" if mixed == "session" else session.id,
                              "999" if mixed == "session" else str(session.said),
                              "A" * 32 if mixed == "target" else device.device_id, self.address, self.max_size,
                              statuses + commands, final)
        if mixed == "replay":
            body = device.first_answer = device.first_answer or body
        return 200, {"Content-Type": f"{CONTENT_TYPE}; charset=utf-8"}, body

    def _http(self, http):
        url = urlsplit(http.path)
        own = urlsplit(self.address)
        need(url.path == own.path, 404, f"nothing at {url.path}")
        need(http.path == f"{own.path}?{own.query}&mode=Maintenance&Platform=WoA", 400, f"the query {url.query}")
        need(parse_qs(url.query)["school"] == parse_qs(own.query)["school"], 400, "the query of the address is lost")
        for name, wanted in (("Content-Type", CONTENT_TYPE), ("User-Agent", "MSFT OMA DM Client/1.2.0.1"),
                             ("Accept-Charset", "UTF-8"),
                             ("Accept", "application/vnd.syncml.dm+xml, application/vnd.syncml.dm+wbxml, "
                                        "application/octet-stream")):
            need((http.headers.get(name) or "").split("; charset")[0] == wanted, 400, f"{name} {http.headers.get(name)}")

    def _begin(self, device, message):
        number = message.session_id or ""
        need(number.isdigit() and 0 < int(number) < 2**32 and number not in device.sessions, 400,
             f"the SessionID {number} is not a new one")
        if device.session is not None and device.session.expected:
            self.log.write("lost", session=device.session.id, commands=len(device.session.expected))
        device.sessions.append(number)
        device.session = Session(self, device, number, message)

    def _prepare(self, device, person):
        """What is ordered for the device once, and for each person who comes."""
        for scope in ("device", *(["user"] if person else [])):
            plan = (scope, person if scope == "user" else None)
            if plan in device.plans:
                continue
            device.plans.add(plan)
            if scope == "user":
                device.reported = {uri: code for uri, code in device.reported.items() if not uri.startswith("./User/")}
                self.log.write("person", upn=person)
            device.batches += self.plan.device() if scope == "device" else self.plan.user()
            root = "./Device/Vendor/MSFT" if scope == "device" else "./User/Vendor/MSFT"
            device.wanted[scope] = {f"{uri}/DownloadInstall" for uri in self.plan.products(root, scope)}
            if scope == "user" and self.habits["unenrol"] == "yes":
                uri = f"./Device/Vendor/MSFT/DMClient/Provider/{self.plan.provider}/Unenroll"
                device.batches.append(Batch(Order("Exec", uri, allowed=(200, 202))))
