"""Another certificate for a device that has one: [MS-MDE2] renewal on behalf of the user, and recovery."""

import base64
import hashlib

import plan
import soap
from refusal import Refusal, need
from soap import AUTHZ, FORMAT, PKI, WSSE, WST, named, text_of

TOKEN_TYPE = "http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentToken"


def issue(enrolment, request, http):
    """The answer to a renewal or to a recovery; the device is the same one ever after."""
    server, body = enrolment.server, request.body
    need([child.tag for child in body] == [named(WST, "TokenType"), named(WST, "RequestType"),
                                           named(WSSE, "BinarySecurityToken"), named(AUTHZ, "AdditionalContext")],
         FORMAT, "RequestSecurityToken has other parts")
    need(text_of(body, WST, "TokenType") == TOKEN_TYPE, FORMAT, "TokenType")
    context = {item.get("Name"): text_of(item, AUTHZ, "Value") for item in body[3]}
    kind = text_of(body, WST, "RequestType")[len(WST) + 1:]
    device = (by_certificate if kind == "Renew" else by_token)(enrolment, request, http, context)
    der = soap.binary(body[2])
    if kind == "Renew":
        need(body[2].get("ValueType") == WSSE + "#PKCS7", FORMAT, "a renewal is no PKCS7")
        der = server.authority.open_renewal(der, device.number)
    else:
        need(body[2].get("ValueType") == PKI + "#PKCS10", FORMAT, "a recovery is no PKCS10")
    need(context.get("DeviceID") == device.device_id, FORMAT, f"DeviceID is {context.get('DeviceID')}")
    facts = server.authority.check_request(der, device.device_id, server.habits["bits"], server.habits["hash"])
    need(not server.authority.same_key(der, device.number), "CertificateRequest", "the key is the one of before")
    if server.habits["renew"] == "refused":
        server.log.write("unrenewed", kind=kind)
        raise Refusal("Authorization", "Hedgerow renews nothing", "NotEligibleToRenew")
    own, stranger = server.authority.issue_device(der, device.number)
    server.renewed(device, own)
    server.log.write("renewed", kind=kind, number=device.number, context=context,
                     print=hashlib.sha1(own).hexdigest(), **facts)
    return enrolment.answer(request, document(server, own, stranger))


def by_certificate(enrolment, request, http, context):
    """No token: TLS has the device's present certificate."""
    security = request.header.find(named(WSSE, "Security"))
    need(security is None, "InvalidSecurity", "a renewal has a security header")
    certificate = http.connection.getpeercert(True)
    need(certificate is not None, "Authentication", "a renewal without a certificate in TLS")
    device = enrolment.server.channel.devices.get(certificate)
    need(device is not None, "Authentication", "the certificate is no device's")
    return device


def by_token(enrolment, request, http, context):
    """A token of the person whose device it is, and the number that the device was given."""
    claims = enrolment.server.authority.check_token(request.token(), enrolment.server.claims)
    for device in enrolment.server.channel.devices.values():
        if device.number == context.get("EmmDeviceId") and device.upn == claims["upn"]:
            return device
    raise Refusal("Authorization", "no such device of this person", "NotEligibleToRenew")


def document(server, own, stranger):
    """Nothing but certificates, that of a stranger before the device's own."""
    parts = "".join(
        f'<characteristic type="{hashlib.sha1(der).hexdigest()}">'
        f'<parm name="EncodedCertificate" value="{base64.b64encode(der).decode()}"/></characteristic>'
        for der in (stranger, own))
    return ('<?xml version="1.0"?>\r\n<wap-provisioningdoc version="1.1">\r\n<characteristic type="CertificateStore">'
            f'<characteristic type="My"><characteristic type="{server.habits["store"]}">{parts}</characteristic>'
            "</characteristic></characteristic>\r\n</wap-provisioningdoc>\r\n")


def orders(provider, habit):
    """What a device is to do about its certificate, and what it says of it a session later."""
    if habit == "no":
        return []
    store = f"{plan.DEVICE}/CertificateStore/My/WSTEP/Renew"
    recovery = f"{plan.DEVICE}/DMClient/Provider/{provider}/Recovery"

    def initiate(status):
        return plan.Order("Exec", f"{recovery}/InitiateRecovery", "0", "int", allowed=(status,))

    first = {
        "ordered": [plan.Order("Exec", f"{store}/RenewNow", form="null", allowed=(202,))],
        "recover": [initiate(405), plan.replace(f"{recovery}/AllowRecovery", "1", "int"), initiate(202)],
    }.get(habit, [])
    seen = []

    def is_later(device):
        seen.append(len(device.sessions))
        return seen[-1] > seen[0]

    return [
        *([plan.Batch(*first)] if first else []),
        # Another session: by then it is done.
        plan.Batch(
            *(plan.get(f"{store}/{name}") for name in ("Status", "ErrorCode", "RenewPeriod", "RetryInterval", "ROBOSupport")),
            plan.get(f"{recovery}/RecoveryStatus"),
            plan.replace(f"{store}/RenewPeriod", "60", "int", allowed=(405,)),
            plan.Order("Atomic", children=[plan.replace(f"{store}/RetryInterval", "5", "int"),
                                           plan.replace(f"{store}/ROBOSupport", "true", "bool")]),
            ready=is_later),
    ]
