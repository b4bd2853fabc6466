"""What a device says of its hardware, in one report and in single nodes: all of it has to be the same machine."""

import base64
import binascii
import hashlib
import struct

from refusal import Refusal, need

HASH = "./DevDetail/Ext/DeviceHardwareData"
STATUS = "./Device/Vendor/MSFT/DeviceStatus"
NODES = [
    "./DevDetail/Ext/Microsoft/SMBIOSSerialNumber",
    f"{STATUS}/TPM/ManufacturerIdTxt",
    f"{STATUS}/TPM/SpecificationVersion",
    f"{STATUS}/OS/Edition",
]
TOOL, TPM_VERSION, SERIAL, MANUFACTURER, MODEL, KEY, KEY_ID, CHECKSUM = 1, 13, 14, 16, 17, 25, 11, 0x5343


def records_of(text):
    """Records of a hardware hash by their type, the checksum proven."""
    try:
        whole = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Refusal(400, "the hardware hash is not in base64") from error
    need(len(whole) == 3000 and whole[:2] == b"OA", 400, f"a hardware hash of {len(whole)} bytes")
    (length,) = struct.unpack_from("<H", whole, 2)
    kind, size = struct.unpack_from("<HH", whole, length)
    need((kind, size) == (CHECKSUM, 36), 400, "no checksum behind the records")
    need(whole[length + 4:length + 36] == hashlib.sha256(whole[:length]).digest(), 400, "the checksum is wrong")
    need(not any(whole[length + 36:]), 400, "something behind the checksum")
    records, at = {}, 4
    while at < length:
        kind, size = struct.unpack_from("<HH", whole, at)
        need(size >= 4 and at + size <= length, 400, f"record {kind} has {size} bytes")
        records.setdefault(kind, []).append(whole[at + 4:at + size])
        at += size
    return records


def text_in(records, kind):
    return records[kind][0].rstrip(b"\0").decode("ascii") if kind in records else None


def agree(found, man, mod, before):
    """Facts of the hash, which the other nodes have to share; `before` are those of an earlier start."""
    records = records_of(found[HASH])
    serial, vendor, specification, edition = (found[uri] for uri in NODES)
    need(text_in(records, SERIAL) == serial, 400, f"serial number {serial}, and {text_in(records, SERIAL)} in the hash")
    need(text_in(records, MANUFACTURER) == man, 400, f"made by {man}, and by {text_in(records, MANUFACTURER)} in the hash")
    need(text_in(records, MODEL) == mod, 400, f"a {mod}, and a {text_in(records, MODEL)} in the hash")
    version = text_in(records, TPM_VERSION)
    need(f"VendorID:'{vendor:<4}'" in version, 400, f"a TPM of {vendor}, and {version} in the hash")
    level, revision = specification.split(", ")[0], specification.split(", ")[-1]
    need(version.startswith(f"TPM-Version:{level} ") and f"Revision:{revision}-" in version, 400,
         f"a TPM {specification}, and {version} in the hash")
    need(len(records[KEY][0]) == 256 and records[KEY_ID][0][-32:] == hashlib.sha256(records[KEY][0]).digest(), 400,
         "the identifier is not that of the endorsement key")
    facts = {kind: [one.hex() for one in records[kind]] for kind in records if kind != TOOL}
    need(before is None or before == (facts, specification, edition), 400, "another machine than before")
    return facts, specification, edition
