"""HealthAttestation CSP: what this server asks a device about its start, and what it takes for an answer."""

import json

import plan
from refusal import need

ROOT = "./Vendor/MSFT/HealthAttestation"
RESULT = "com.microsoft.mdm:HealthAttestation.Result"
NONCE = "AD68AC4A3B7C9E10"
REQUEST = json.dumps({"rpID": "hedgerow", "serviceEndpoint": "https://attest.hedgerow.example/v1", "nonce": NONCE,
                      "aadToken": "none", "cv": "Hed.1"})
# Initial, asked for, then what may become of it without a service: no TPM, its version, no nonce, no way to the service.
STATES = {"0", "1", "6", "9", "10", "404"}


def orders():
    """Messages of one device. In the message of an Exec nothing has come of it yet; in the next one it has."""
    get, replace, order, batch = plan.get, plan.replace, plan.Order, plan.Batch

    def node(name, **more):
        return get(f"{ROOT}/{name}", **more)

    def trigger(data, *allowed):
        return order("Exec", f"{ROOT}/TriggerAttestation", data, "chr", allowed=allowed)

    verify = [order("Exec", f"{ROOT}/VerifyHealth", allowed=(200, 202)), node("Status")]
    nothing = [node(name, allowed=(404,)) for name in ("Certificate", "CorrelationID", "GetAttestReport",
                                                       "GetServiceCorrelationIDs")]
    return [
        batch(node("Status"), node("TpmReadyStatus"), node("MaxSupportedProtocolVersion"), node("HASEndpoint"),
              node("VerifyHealth", allowed=(405,)), node("AttestStatus", allowed=(404,)),
              replace(f"{ROOT}/Status", "3", "int", allowed=(405,)), *nothing),
        batch(*verify),
        batch(node("Status"), *(replace(f"{ROOT}/Nonce", odd, allowed=(500,)) for odd in ("AD68", "Z" * 16, "0" * 66)),
              replace(f"{ROOT}/Nonce", NONCE), node("Nonce"), *verify),
        batch(node("Status"), trigger("hello", 400), trigger('{"rpID": "hedgerow"}', 400), trigger(REQUEST, 202),
              node("AttestStatus", allowed=(404,))),
        batch(node("AttestStatus"), *nothing),
    ]


def hear(code, source, form, data):
    """The alert that a check is over."""
    need(code == "1226", 400, f"a result of the health as {code}")
    need(source == f"{ROOT}/VerifyHealth", 400, f"the result of {source}")
    need(form == "int" and data in STATES - {"0", "1"}, 400, f"the result {data} as {form}")
