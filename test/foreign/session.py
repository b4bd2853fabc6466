"""One management session of a device: what it says, in which order, and what it answers ([MS-MDM] 3.2)."""

import base64
import hashlib
import re
import secrets

import hardware
import health
import syncml
from plan import CHUNK, Batch, Order
from refusal import need
from syncml import META, SYNC, inner

DEV_INFO = ["DevId", "Man", "Mod", "DmV", "Lang"]
ORIGINAL = {400: None, 404: "0x86000002", 405: "0x86000011", 406: "0x86000013", 415: "0x86000001", 425: "0x86000016"}
INSTALLED = "Reversed-Domain-Name:com.microsoft.mdm.win32csp_install"
LEFT = "com.microsoft:mdm.unenrollment.userrequest"


def asked_for(uri, asked):
    """Whether a Get of one address may find another: with a list, also what is below it."""
    node, _, listed = asked.partition("?list=")
    return uri == asked if not listed else uri == node or uri.startswith(f"{node}/")


class Expected:
    """A command of ours that waits for its status."""

    def __init__(self, msg_id, number, order):
        self.msg_id = msg_id
        self.number = number
        self.order = order
        self.place = 0
        self.code = None


class Session:
    def __init__(self, care, device, session_id, message):
        self.care = care
        self.device = device
        self.id = session_id
        self.heard = 0
        self.said = 100
        self.expected = []
        self.answered = {}
        self.incoming = {}
        self.chunks = []
        self.is_over = False
        self.is_known = care.habits["md5"] == "no"
        self.login = None
        self.person = None
        self.number = 13

    def next_number(self):
        self.number += 4
        return str(self.number)

    def hear(self, message, http):
        """Statuses of our answer, as XML, and whether the device has said all it had."""
        need(not self.is_over, 400, "the session was over: a message with nothing but a status must not be sent")
        self.heard += 1
        need(message.msg_id == str(self.heard), 400, f"message {message.msg_id}, where {self.heard} is due")
        need(message.source == self.device.device_id, 401, f"a message of {message.source}")
        need(message.target == self.care.address, 400, f"a message to {message.target}")
        need(self.login is None or len(http.body) <= self.care.max_size, 400,
             f"{len(http.body)} bytes, where {self.care.max_size} are the most")
        # What is good for one message has to be shown with the next one again.
        if not self.is_known or self.care.habits["md5"] == "each":
            self.is_known = False
            challenge = self._authenticate(message)
            if challenge:
                return challenge
        statuses = [syncml.status(self.next_number(), message.msg_id, "0", "SyncHdr",
                                  212 if self.care.habits["md5"] == "yes" else 200,
                                  self._challenge() if self.care.habits["md5"] == "each" else "")]
        if self.login is None:
            self._first(message, http)
        else:
            self._later(message)
        for command in message.commands:
            name = command.tag[len(SYNC):]
            if name != "Status":
                code = 213 if command.find(f".//{SYNC}MoreData") is not None else 200
                statuses.append(syncml.status(self.next_number(), message.msg_id, inner(command, "CmdID"), name, code))
        asks = any(inner(one, "Data") == "1222" for one in message.commands if one.tag == SYNC + "Alert")
        if message.final or asks:
            need(not self.expected, 400, "no status for " + ", ".join(
                f"{one.order.kind} {one.number} of message {one.msg_id}" for one in self.expected))
        return statuses, message.final or asks

    def _authenticate(self, message):
        """MD5 at the level of SyncML, with the secret of the provisioning document."""
        device = self.device
        if message.credential is not None:
            need(message.credential_type == "syncml:auth-md5", 400, f"credentials of type {message.credential_type}")
            inside = base64.b64encode(hashlib.md5(f"{device.number}:{device.secret}".encode()).digest())
            nonce = base64.b64decode(device.nonce)
            digest = base64.b64encode(hashlib.md5(inside + b":" + nonce).digest()).decode()
            if message.credential == digest:
                self.is_known = True
                self.care.log.write("authenticated", session=self.id)
                return None
        need(self.care.habits["md5"] == "yes" or self.heard == 1, 401, "a message without what its nonce asks for")
        return [syncml.status(self.next_number(), message.msg_id, "0", "SyncHdr", 401, self._challenge())], False

    def _challenge(self):
        self.device.nonce = base64.b64encode(secrets.token_bytes(9)).decode()
        return f"<dm:Chal>{syncml.meta(NextNonce=self.device.nonce, Type='syncml:auth-md5', Format='b64')}</dm:Chal>"

    def _first(self, message, http):
        """Package 1: how the session began, who is there, what has happened, and DevInfo."""
        commands = message.commands
        names = [command.tag[len(SYNC):] for command in commands]
        need(message.final, 400, "package 1 has no Final")
        need(names[-1] == "Replace" and set(names[:-1]) == {"Alert"}, 400, f"package 1 is {names}")
        need(self.heard > 1 or inner(commands[0], "CmdID") == "2", 400, "the CmdIDs of package 1 begin at 2")
        need(inner(commands[0], "Data") in ("1200", "1201"), 400, "package 1 does not begin with 1200 or 1201")
        need(commands[0].find(SYNC + "Item") is None, 400, "1201 with an Item")
        need(alert_of(commands[1])[:2] == ("1224", "com.microsoft/MDM/LoginStatus"), 400, "LoginStatus is not second")
        self.login = alert_of(commands[1])[2]
        need(self.login in ("user", "others", "none"), 400, f"LoginStatus {self.login}")
        rest = commands[2:-1]
        bearer = http.headers.get("Authorization")
        if self.login == "user":
            need(rest and alert_of(rest[0])[:2] == ("1224", "com.microsoft/MDM/AADUserToken"), 400, "no AADUserToken")
            token = alert_of(rest.pop(0))[2]
            need(bearer == f"Bearer {token}", 401, "the Authorization is not that of the AADUserToken")
            self.person = self.care.upn_of(token)
            need(self.care.habits["enrollee"] == "password" or self.person == self.device.upn, 401,
                 "the token is that of another user")
        else:
            need(bearer is None, 400, "an Authorization, and nobody has signed in")
        for alert in rest:
            self._alert(alert)
        items = commands[-1].findall(SYNC + "Item")
        sources = [inner(item, "Source", "LocURI") for item in items]
        need(sources == [f"./DevInfo/{name}" for name in DEV_INFO], 400, f"DevInfo is {sources}")
        values = dict(zip(DEV_INFO, (inner(item, "Data") for item in items)))
        need(values["DevId"] == self.device.device_id and values["DmV"] == "1.3", 400, f"DevInfo is {values}")
        need(re.fullmatch("[a-z]{2}-[A-Z]{2}", values["Lang"]) is not None and values["Man"] and values["Mod"], 400,
             f"DevInfo is {values}")
        self.device.info = values
        self.care.log.write("package1", session=self.id, begun=inner(commands[0], "Data"), login=self.login, **values)

    def _later(self, message):
        need(message.commands, 400, "an empty message")
        first = message.commands[0]
        need(first.tag == SYNC + "Status" and inner(first, "CmdRef") == "0" and inner(first, "Cmd") == "SyncHdr", 400,
             "the status of the header is not the first")
        need(inner(first, "MsgRef") == str(self.said), 400, f"the header of {inner(first, 'MsgRef')}, not of {self.said}")
        need(inner(first, "Data") == "200", 400, f"our header has status {inner(first, 'Data')}")
        need(len(message.commands) > 1, 400, "a message with nothing but a good status must not be sent")
        for command in message.commands[1:]:
            if command.tag == SYNC + "Status":
                self._status(command)
            elif command.tag == SYNC + "Results":
                self._results(command)
            elif command.tag == SYNC + "Alert":
                self._alert(command)
            else:
                need(False, 400, "a Replace in the middle of a session")

    def _status(self, status):
        need(self.expected, 400, f"a status for {inner(status, 'CmdRef')}, and all were there")
        wanted = self.expected[0]
        order = wanted.order
        place = (inner(status, "MsgRef"), inner(status, "CmdRef"), inner(status, "Cmd"))
        need(place == (wanted.msg_id, wanted.number, order.kind), 400,
             f"a status for {place}, where {(wanted.msg_id, wanted.number, order.kind)} is due")
        code = int(inner(status, "Data"))
        target = inner(status, "TargetRef")
        allowed = order.allowed
        if target is not None:
            need(len(order.items) > 1 and target == order.items[wanted.place][0], 400, f"a TargetRef to {target}")
            allowed = allowed[wanted.place] if isinstance(allowed, list) else allowed
            wanted.place += 1
        else:
            need(not isinstance(allowed, list), 400, f"one status for items that do not fare alike in {order.kind}")
        uri = target or (order.items[0][0] if order.items else "")
        self.care.log.write("status", session=self.id, command=order.kind, uri=uri, code=code)
        need(code in allowed, 400, f"{order.kind} {uri} has status {code}, where {allowed} is right")
        error = status.find(SYNC + "Data").get(syncml.ORIGINAL_ERROR)
        if code in ORIGINAL:
            need(error == ORIGINAL[code], 400, f"originalerror {error} beside {code}")
        wanted.code = code
        if target is None or wanted.place == len(order.items):
            self.expected.pop(0)
            self.answered[(wanted.msg_id, wanted.number)] = wanted

    def _results(self, results):
        place = (inner(results, "MsgRef"), inner(results, "CmdRef"))
        wanted = self.answered.get(place)
        need(wanted is not None and wanted.order.kind == "Get" and wanted.code == 200, 400,
             f"Results for {place}, which is no Get that has status 200")
        items = results.findall(SYNC + "Item")
        need(items, 400, "Results without an Item")
        for item in items:
            uri = inner(item, "Source", "LocURI")
            need(any(asked_for(uri, one[0]) for one in wanted.order.items), 400,
                 f"Results of {uri}, which nobody asked for")
            data = inner(item, "Data") or ""
            begun = self.incoming.get(uri)
            more = item.find(SYNC + "MoreData") is not None
            if more and begun is None:
                size = inner(item, "Meta", META + "Size")
                need(size is not None, 400, f"the first chunk of {uri} has no Size")
                begun = self.incoming[uri] = [int(size), ""]
            if begun is not None:
                begun[1] += data
                if more:
                    continue
                del self.incoming[uri]
                need(len(begun[1].encode()) == begun[0], 424, f"{uri} has {len(begun[1])} of {begun[0]} bytes")
                data = begun[1]
            self.device.found[uri] = data
            self.care.log.write("result", session=self.id, uri=uri, data=data, inChunks=begun is not None,
                                format=inner(item, "Meta", META + "Format"))
        found, info = self.device.found, self.device.info
        if {hardware.HASH, *hardware.NODES} <= set(found):
            self.device.hardware = hardware.agree(found, info["Man"], info["Mod"], self.device.hardware)
            for uri in (hardware.HASH, *hardware.NODES):
                del found[uri]
            self.care.log.write("hardware", serial=bytes.fromhex(self.device.hardware[0][hardware.SERIAL][0]).decode()[:-1],
                                records=sorted(self.device.hardware[0]))

    def _alert(self, alert):
        code, kind, data = alert_of(alert)
        need(code in ("1222", "1224", "1225", "1226"), 400, f"Alert {code}")
        source = inner(alert, "Item", "Source", "LocURI")
        if kind == INSTALLED:
            need(inner(alert, "Item", "Meta", META + "Format") == "int", 400, "the result of an app is no int")
            need(source is not None and source.endswith("/DownloadInstall"), 400, f"the result of {source}")
            self.device.reported[source] = int(data)
        if kind == health.RESULT:
            health.hear(code, source, inner(alert, "Item", "Meta", META + "Format"), data)
        if kind == LEFT:
            need(code == "1226" and data == "1", 400, "an unenrolment as " + code)
            self.device.has_left = True
        self.care.log.write("alert", session=self.id, code=code, type=kind, source=source, data=data)

    def speak(self):
        """Commands of our next message, as XML, and whether our package is complete with it."""
        if self.chunks:
            return self._chunk()
        batches = self.device.batches
        if self.device.has_left or not batches or not batches[0].ready(self.device):
            return [], True
        batch = batches[0]
        if batch.orders and batch.orders[0].is_large:
            order = batch.orders.pop(0)
            if not batch.orders:
                batches.pop(0)
            self.chunks = chunks_of(order)
            return self._chunk()
        batches.pop(0)
        commands = []
        for at, order in enumerate(batch.orders):
            if order.is_large:
                batches.insert(0, Batch(*batch.orders[at:]))
                break
            commands.append(self._write(order))
        return commands, True

    def _chunk(self):
        uri, data, form, size, more, order = self.chunks.pop(0)
        number = self.next_number()
        self.expected.append(Expected(str(self.said), number, Order(order.kind, uri, allowed=(213,) if more else order.allowed)))
        return [f"<dm:{order.kind}>{syncml.leaf('CmdID', number)}{syncml.item(uri, data, form, size, more)}"
                f"</dm:{order.kind}>"], not more

    def _write(self, order):
        number = self.next_number()
        self.expected.append(Expected(str(self.said), number, order))
        if order.kind == "Alert":
            return syncml.alert(number, 1201)
        inside = "".join(self._write(child) for child in order.children)
        for uri, data, form in order.items:
            text = syncml.item(uri, None if order.raw else data, form)
            if order.raw:
                text = text.replace("</dm:Item>", f"<dm:Data>{data}</dm:Data></dm:Item>")
            inside += text
        return f"<dm:{order.kind}>{syncml.leaf('CmdID', number)}{inside}</dm:{order.kind}>"


def alert_of(alert):
    return inner(alert, "Data"), inner(alert, "Item", "Meta", META + "Type"), inner(alert, "Item", "Data")


def data_of(order):
    return order.items[0][1].encode()


def chunks_of(order):
    uri, data, form = order.items[0]
    parts = []
    while data:
        part = data[:CHUNK]
        while len(part.encode()) > CHUNK:
            part = part[:-1]
        parts.append(part)
        data = data[len(part):]
    if order.cut:
        return [(uri, parts[0], form, len(data_of(order)), True, order)]
    size = order.size if order.size is not None else sum(len(part.encode()) for part in parts)
    return [(uri, part, form if place == 0 else None, size if place == 0 else None, place < len(parts) - 1, order)
            for place, part in enumerate(parts)]
