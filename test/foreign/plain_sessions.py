"""Management sessions of plain.py: messages are read with regular expressions, and answered without Final."""

import json
import re
import uuid
from urllib.parse import quote
from xml.sax.saxutils import escape

from authority import unpadded
from refusal import need

CONTENT_TYPE = "application/vnd.syncml.dm+xml"
POLICY = "Policy/Config/Education/AllowGraphingCalculator"
LATE_TEXT = "The exam app failed. Ask at the office."


def claims_of(token):
    """Unproven: this server has no keys of the identity provider."""
    return json.loads(unpadded(token.split(".")[1]))


class Device:
    def __init__(self, device_id, given):
        self.device_id = device_id
        self.given = given
        self.session = None
        self.sessions = 0
        # URI by the CmdID of what was ordered and has no status yet.
        self.ordered = {}
        # Users come one after the other, and each has a page to be released.
        self.first = self.person = None
        self.released = set()


class Sessions:
    def __init__(self, provider, address, habits, log, orders):
        self.orders = orders
        self.address = address
        self.habits = habits
        self.log = log
        self.devices = {}
        self.account = f"Vendor/MSFT/DMClient/Provider/{quote(provider)}"
        self.tracking = f"./Device/Vendor/MSFT/EnrollmentStatusTracking/DevicePreparation/PolicyProviders/{quote(provider)}"

    def enrolled(self, certificate, device_id):
        """With `lists=given` the file of orders is read anew for each device: one server is enough for many schools."""
        given = {}
        if self.habits["lists"] == "given":
            with open(self.orders, encoding="utf-8") as file:
                given = json.load(file)
        self.devices[certificate] = Device(device_id, given)

    def answer(self, http):
        device = self.devices.get(http.connection.getpeercert(True))
        need(device is not None, 401, "unknown device")
        text = http.body.decode()
        session, number = (re.search(f"<{name}>(.*?)</{name}>", text) for name in ("SessionID", "MsgID"))
        need(session is not None and number is not None, 400, "no session")
        ref = number.group(1)
        is_first = session.group(1) != device.session
        if is_first:
            device.session = session.group(1)
            device.sessions += 1
        self._statuses(device, text)
        answers = [self._status(ref, "0", "SyncHdr")]
        for name in ("Alert", "Replace", "Results"):
            answers += [self._status(ref, one, name) for one in re.findall(f"<{name}><CmdID>(.*?)</CmdID>", text)]
        orders = self._orders(device, text) if is_first else []
        self.log.write("message", session=device.session, number=ref, orders=len(orders))
        return CONTENT_TYPE, self._message(device, ref, answers + [self._write(device, *one) for one in orders])

    def _statuses(self, device, text):
        for status in re.findall("<Status>.*?</Status>", text, re.DOTALL):
            ref, code = (re.search(f"<{name}[^>]*>(.*?)</{name}>", status).group(1) for name in ("CmdRef", "Data"))
            if ref not in device.ordered:
                continue
            kind, uri, data = device.ordered.pop(ref)
            self.log.write("status", session=device.session, command=kind, uri=uri, data=data, code=int(code))
            if uri.startswith("./User") and uri.endswith("/ServerHasFinishedProvisioning") and code == "200":
                device.released.add(device.person)

    def _orders(self, device, text):
        """Of the whole session: they are sent with its first answer."""
        if self.habits["page"] == "none":
            return [("Replace", f"./Device/Vendor/MSFT/{POLICY}", "1", "int")] if device.sessions == 1 else []
        sync = f"./Device/{self.account}/FirstSyncStatus"
        state = f"{self.tracking}/InstallationState"
        if device.sessions == 1:
            return [
                ("Replace", f"{sync}/SkipDeviceStatusPage", "false", "bool"),
                ("Replace", f"{sync}/SkipUserStatusPage", "false" if self.habits["page"] == "both" else "true", "bool"),
                ("Replace", f"{sync}/BlockInStatusPage", self.habits["block"], "int"),
                ("Replace", f"{sync}/AllowCollectLogsButton", "true", "bool"),
                ("Replace", f"{sync}/CustomErrorText", self.habits["text"], "chr"),
                ("Replace", f"{sync}/TimeOutUntilSyncFailure", self.habits["minutes"], "int"),
                ("Add", self.tracking, None, "node"),
                ("Add", state, "1", "int"),
                *self._listed("./Device", sync), *self._given(device, "device"),
            ]
        if device.sessions == 2:
            return [("Replace", state, "3", "int"), *self._applied("./Device")]
        if self.habits["shorten"] == "yes":
            return [] if device.sessions > 3 else [
                ("Replace", f"{sync}/CustomErrorText", LATE_TEXT, "chr"),
                ("Replace", f"{sync}/BlockInStatusPage", "5", "int"),
                ("Replace", f"{sync}/TimeOutUntilSyncFailure", "1", "int"),
            ]
        release = [("Replace", f"{sync}/ServerHasFinishedProvisioning", "true", "bool")]
        if device.sessions > 3 or not self._releases(device, "device"):
            release = []
        return release + self._of_user(device, text)

    def _of_user(self, device, text):
        """Tried from the release of the device on, with or without a user: until it is answered 200."""
        token = re.search("com.microsoft/MDM/AADUserToken.*?<Data>(.*?)</Data>", text, re.DOTALL)
        if token is not None:
            device.person = claims_of(token.group(1))["upn"]
            device.first = device.first or device.person
        if device.person in device.released:
            return []
        account = f"./User/{self.account}"
        sync = f"{account}/FirstSyncStatus"
        nodes = [] if self.habits["nodes"] == "no" else [("Add", account, None, "node"), ("Add", sync, None, "node")]
        release = [("Replace", f"{sync}/ServerHasFinishedProvisioning", "true", "bool")]
        if not self._releases(device, "firstUser" if device.person == device.first else "otherUsers"):
            release = []
        return [*nodes, *self._listed("./User", sync), *self._applied("./User"), *self._given(device, "user"), *release]

    def _releases(self, device, whom):
        return whom in device.given.get("releases", [whom])

    def _given(self, device, scope):
        return [tuple(order) for order in device.given.get(scope, [])]

    def _listed(self, root, sync):
        lists = [("Add", f"{sync}/ExpectedPolicies", f"{root}/Vendor/MSFT/{POLICY}", "chr")]
        return lists if self.habits["lists"] == "yes" else []

    def _applied(self, root):
        return [("Replace", f"{root}/Vendor/MSFT/{POLICY}", "1", "int")] if self.habits["lists"] == "yes" else []

    def _write(self, device, kind, uri, data, form):
        number = str(uuid.uuid4())
        device.ordered[number] = (kind, uri, data)
        # The prefix is declared nowhere.
        return (f"<{kind}><CmdID>{number}</CmdID><Item><Target><LocURI>{uri}</LocURI></Target>"
                f"<Meta><A:Format>{form}</A:Format></Meta>" + ("" if data is None else f"<Data>{escape(data)}</Data>")
                + f"</Item></{kind}>")

    def _status(self, ref, number, kind):
        return (f"<Status><CmdID>{uuid.uuid4()}</CmdID><MsgRef>{ref}</MsgRef><CmdRef>{number}</CmdRef><Cmd>{kind}</Cmd>"
                "<Data>200</Data></Status>")

    def _message(self, device, number, commands):
        final = "<Final/>" if self.habits["final"] == "yes" else ""
        return (f'<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>'
                f"<SessionID>{device.session}</SessionID><MsgID>{number}</MsgID>"
                f"<Target><LocURI>{device.device_id}</LocURI></Target><Source><LocURI>{self.address}</LocURI></Source>"
                f"</SyncHdr><SyncBody>{''.join(commands)}{final}</SyncBody></SyncML>").encode()
