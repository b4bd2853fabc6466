"""SyncML 1.2 as [MS-MDM] has it: a device's message read strictly, a server's written in this server's own hand."""

import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

from refusal import Refusal, need

SYNC = "{SYNCML:SYNCML1.2}"
META = "{syncml:metinf}"
ORIGINAL_ERROR = "{http://schemas.microsoft.com/MobileDevice/MDM}originalerror"
STATUS = ["CmdID", "MsgRef", "CmdRef", "Cmd", "TargetRef", "SourceRef", "Chal", "Data"]
RESULTS = ["CmdID", "MsgRef", "CmdRef", "Meta", "Item"]
ALERT = ["CmdID", "Data", "Item"]
REPLACE = ["CmdID", "Meta", "Item"]
HEADER = ["VerDTD", "VerProto", "SessionID", "MsgID", "Target", "Source", "Cred", "Meta"]
ITEM = ["Target", "Source", "Meta", "Data", "MoreData"]
CHILDREN = {"Status": STATUS, "Results": RESULTS, "Alert": ALERT, "Replace": REPLACE}


def inner(element, *names):
    """Text at a path of names in the SyncML namespace; None when there is nothing."""
    for name in names:
        element = None if element is None else element.find(name if name.startswith("{") else SYNC + name)
    return None if element is None else (element.text or "")


def ordered(element, names, repeatable=()):
    found = [child.tag for child in element]
    for tag in found:
        need(tag.startswith(SYNC) and tag[len(SYNC):] in names, 400, f"{element.tag} holds {tag}")
    places = [names.index(tag[len(SYNC):]) for tag in found]
    need(places == sorted(places), 400, f"the children of {element.tag[len(SYNC):]} are in another order: "
         + ", ".join(tag[len(SYNC):] for tag in found))
    for name in names:
        need(name in repeatable or found.count(SYNC + name) <= 1, 400, f"{name} comes twice")


class Message:
    """A device's message, its form checked: what it means is the session's to judge."""

    def __init__(self, body):
        need(not body.lstrip().startswith(b"<?xml"), 400, "a device's message has no XML declaration")
        try:
            root = ET.fromstring(body)
        except ET.ParseError as error:
            raise Refusal(400, f"not well-formed: {error}") from error
        need(root.tag == SYNC + "SyncML", 400, f"the root is {root.tag}")
        need([child.tag for child in root] == [SYNC + "SyncHdr", SYNC + "SyncBody"], 400, "not a header and a body")
        header, self.body = root
        ordered(header, HEADER)
        need(inner(header, "VerDTD") == "1.2" and inner(header, "VerProto") == "DM/1.2", 400, "another version")
        self.session_id = inner(header, "SessionID")
        self.msg_id = inner(header, "MsgID")
        self.target = inner(header, "Target", "LocURI")
        self.source = inner(header, "Source", "LocURI")
        self.credential = inner(header, "Cred", "Data")
        self.credential_type = inner(header, "Cred", "Meta", META + "Type")
        self.commands = [child for child in self.body if child.tag != SYNC + "Final"]
        finals = [place for place, child in enumerate(self.body) if child.tag == SYNC + "Final"]
        need(finals in ([], [len(self.body) - 1]), 400, "Final is not the last")
        self.final = bool(finals)
        seen = set()
        for command in self.commands:
            name = command.tag[len(SYNC):]
            need(name in CHILDREN, 400, f"a device does not send {name}")
            ordered(command, CHILDREN[name], repeatable=("Item",))
            number = inner(command, "CmdID")
            need(len(command) > 0 and command[0].tag == SYNC + "CmdID", 400, f"CmdID of {name} is not the first child")
            need((number or "").isdigit() and int(number) > 0, 400, f"the CmdID {number}")
            need(number not in seen, 400, f"the CmdID {number} twice")
            seen.add(number)
            for item in command.findall(SYNC + "Item"):
                ordered(item, ITEM)


def leaf(name, text):
    return f"<dm:{name}>{escape(text)}</dm:{name}>"


def meta(**fields):
    inside = "".join(f"<mi:{name}>{escape(str(value))}</mi:{name}>" for name, value in fields.items() if value is not None)
    return f"<dm:Meta>{inside}</dm:Meta>" if inside else ""


def status(number, msg_ref, cmd_ref, command, code, challenge=""):
    """Children in the order of one deployed server, which is not the order of the samples."""
    return (f"<dm:Status>{leaf('MsgRef', msg_ref)}{leaf('Data', str(code))}{leaf('Cmd', command)}{challenge}"
            f"{leaf('CmdRef', cmd_ref)}{leaf('CmdID', number)}</dm:Status>")


def alert(number, code):
    return f"<dm:Alert>{leaf('CmdID', number)}{leaf('Data', str(code))}</dm:Alert>"


def item(uri, data=None, form=None, size=None, more=False):
    return ("<dm:Item>" + f"<dm:Target>{leaf('LocURI', uri)}</dm:Target>" + meta(Size=size, Format=form)
            + ("" if data is None else leaf("Data", data)) + ("<dm:MoreData/>" if more else "") + "</dm:Item>")


def message(session_id, msg_id, device_id, address, max_size, commands, final):
    """With a declaration, CRLF, indentation between commands, and prefixes on everything."""
    lines = [
        '<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
        '<dm:SyncML xmlns:mi="syncml:metinf" xmlns:dm="SYNCML:SYNCML1.2">',
        "  <dm:SyncHdr>",
        f"    <dm:Source>{leaf('LocURI', address)}</dm:Source>",
        f"    <dm:Target>{leaf('LocURI', device_id)}</dm:Target>",
        f"    {leaf('MsgID', msg_id)}{leaf('SessionID', session_id)}",
        f"    {leaf('VerProto', 'DM/1.2')}{leaf('VerDTD', '1.2')}{meta(MaxMsgSize=max_size)}",
        "  </dm:SyncHdr>",
        "  <dm:SyncBody>",
        *(f"    {command}" for command in commands),
        "    <dm:Final/>" if final else "",
        "  </dm:SyncBody>",
        "</dm:SyncML>",
    ]
    return "\r\n".join(line for line in lines if line).encode() + b"\r\n"
