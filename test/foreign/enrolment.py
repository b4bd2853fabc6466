"""Discovery, policies and issuance: [MS-MDE2] 3.1 to 3.4, [MS-XCEP], [MS-WSTEP], as a strict service reads them."""

import base64
import hashlib
import re
import uuid
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import renewal
import soap
from refusal import Refusal, need
from soap import AUTHZ, BASE64, FORMAT, ISSUE, MDE, PKI, POLICIES, WSSE, WST, XCEP, XSD, XSI, in_order, named, text_of

TOKEN_TYPE = "http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentToken"
DOCUMENT_TYPE = "http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentProvisionDoc"
HASHES = {"sha1": "1.3.14.3.2.26", "sha256": "2.16.840.1.101.3.4.2.1", "sha384": "2.16.840.1.101.3.4.2.2"}
ITEMS = ["UXInitiated", "HWDevID", "Locale", "TargetedUserLoggedIn", "OSEdition", "DeviceName", "MAC", "DeviceID",
         "EnrollmentType", "DeviceType", "OSVersion", "ApplicationVersion", "EnrollmentData", "ZeroTouchProvisioning",
         "OfflineAutoPilotEnrollmentCorrelator", "PlugandForget", "NotInOobe", "RequestVersion"]
REQUIRED = set(ITEMS) - {"EnrollmentData", "ZeroTouchProvisioning", "OfflineAutoPilotEnrollmentCorrelator",
                         "PlugandForget", "RequestVersion"}
GUID = r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"


class Enrolment:
    def __init__(self, server):
        self.server = server
        self.asked = []

    def discover(self, http):
        request = soap.Request(http, soap.DISCOVER, self.server.url("begin"))
        body = request.body
        need(body.tag == named(MDE, "Discover"), FORMAT, "the body is not Discover")
        in_order(body, MDE, "request")
        in_order(body[0], MDE, "EmailAddress", "RequestVersion", "DeviceType", "ApplicationVersion", "OSEdition",
                 "AuthPolicies")
        value = {soap.local_of(one): one.text or "" for one in body[0]}
        need(re.fullmatch(r"[^@]+@[^.]+\..+", value["EmailAddress"]) is not None, FORMAT, "EmailAddress")
        need(value["DeviceType"] == "CIMClient_Windows", FORMAT, "DeviceType")
        build = re.fullmatch(r"10\.0\.(\d+)\.\d+", value["ApplicationVersion"])
        need(build is not None, FORMAT, "ApplicationVersion")
        need(re.fullmatch(r"[1-7]\.0", value["RequestVersion"]) is not None, FORMAT, "RequestVersion")
        need(value["RequestVersion"] == "7.0" or int(build.group(1)) < 26100, FORMAT,
             f"build {build.group(1)} speaks 7.0, and asks for {value['RequestVersion']}")
        need(value["OSEdition"] in ("4", "27", "48", "72", "121", "175", "164", "203"), FORMAT, "OSEdition")
        policies = [one.text for one in body[0][-1]]
        need({"OnPremise", "Federated"} <= set(policies) and len(policies) <= 3, FORMAT, "AuthPolicies")
        self.asked.append(value["RequestVersion"])
        self.server.log.write("discover", policies=policies, prefixes=sorted(request.prefixes), **value)
        rules = "" if self.server.habits["policies"] == "none" else (
            f"<m:EnrollmentPolicyServiceUrl>\r\n\t\t\t\t{self.server.url('rules')}\r\n\t\t\t</m:EnrollmentPolicyServiceUrl>")
        issue = "" if self.server.habits["issue"] == "none" else (
            f"<m:EnrollmentServiceUrl> {self.server.url('issue')}\t</m:EnrollmentServiceUrl>")
        page = "" if self.server.habits["gate"] == "none" else (
            f"<m:AuthenticationServiceUrl>{self.server.url('gate')}?realm=7F</m:AuthenticationServiceUrl>")
        return request.message_id, soap.DISCOVER + "Response", f"""\
<m:DiscoverResponse xmlns:m="{MDE}">
\t<m:DiscoverResult>
\t\t<m:Motd>a member that no client knows</m:Motd>
\t\t{issue}
\t\t{rules}
\t\t<m:EnrollmentVersion>
\t\t\t{self.server.habits["version"]}
\t\t</m:EnrollmentVersion>
\t\t<m:AuthPolicy>{self.server.habits["auth"]}</m:AuthPolicy>
\t\t{page}
\t</m:DiscoverResult>
</m:DiscoverResponse>"""

    def policies(self, http):
        request = soap.Request(http, POLICIES, self.server.url("rules"))
        self._enrollee(request)
        body = request.body
        need(body.tag == named(XCEP, "GetPolicies"), FORMAT, "the body is not GetPolicies")
        need({XSI, XSD} <= set(request.prefixes.values()), FORMAT, "xsi and xsd are not both declared")
        in_order(body, XCEP, "client", "requestFilter")
        client = body[0]
        in_order(client, XCEP, "lastUpdate", "preferredLanguage", "TPMManufacturer", "TPMFirmwareVersion")
        for nil in (client[0], client[1], body[1]):
            need(nil.get(named(XSI, "nil")) == "true", FORMAT, f"{soap.local_of(nil)} is not nil")
        need(re.fullmatch(r"\d+(\.\d+){1,3}", client[3].text or "") is not None, FORMAT, "TPMFirmwareVersion")
        self.server.log.write("policies", manufacturer=client[2].text, firmware=client[3].text)
        digest, bits = self.server.habits["hash"], self.server.habits["bits"]
        # The hash that counts is neither the first one, nor the one of its group.
        others = [(name, HASHES[name]) for name in HASHES if name != digest]
        listed = [(others[0], "40"), ((digest, HASHES[digest]), "41"), (others[1], "42")]
        oids = "".join(
            f"<p:oID><p:defaultName>{name}</p:defaultName><p:oIDReferenceID>{number}</p:oIDReferenceID>"
            f"<p:group>4</p:group><p:value>{oid}</p:value></p:oID>" for (name, oid), number in listed)
        # Two deployed habits: providers without their wrapper, and nil parts wherever the schema allows them.
        return request.message_id, POLICIES + "Response", f"""\
<p:GetPoliciesResponse xmlns:p="{XCEP}">
<p:oIDs>{oids}</p:oIDs>
<p:cAs xs:nil="true"/>
<p:response>
<p:policies><p:policy><p:attributes>
<p:hashAlgorithmOIDReference>41</p:hashAlgorithmOIDReference>
<p:revision><p:majorRevision>7</p:majorRevision><p:minorRevision xs:nil="true"/></p:revision>
<p:privateKeyAttributes>
<p:provider>Hedgerow Quantum Provider</p:provider>
<p:provider>Microsoft Platform Crypto Provider</p:provider>
<p:provider>Microsoft Software Key Storage Provider</p:provider>
<p:minimalKeyLength>{bits}</p:minimalKeyLength>
<p:keySpec xs:nil="true"/><p:permissions xs:nil="true"/>
</p:privateKeyAttributes>
<p:permission xs:nil="true"/><p:certificateValidity xs:nil="true"/>
<p:policySchema>3</p:policySchema><p:extensions xs:nil="true"/>
</p:attributes><p:cAs xs:nil="true"/><p:policyOIDReference xs:nil="true"/></p:policy></p:policies>
<p:policiesNotChanged xs:nil="true"/><p:nextUpdateHours xs:nil="true"/><p:policyFriendlyName xs:nil="true"/><p:policyID/>
</p:response>
</p:GetPoliciesResponse>"""

    def issue(self, http):
        request = soap.Request(http, ISSUE, self.server.url("issue"))
        body = request.body
        need(body.tag == named(WST, "RequestSecurityToken"), FORMAT, "the body is not RequestSecurityToken")
        is_again = text_of(body, WST, "RequestType") in (WST + "/Renew", WST + "/Recovery")
        if is_again and self.server.habits["renew"] != "no":
            return renewal.issue(self, request, http)
        claims = self._enrollee(request)
        need([child.tag for child in body] == [named(WST, "TokenType"), named(WST, "RequestType"),
                                               named(WSSE, "BinarySecurityToken"), named(AUTHZ, "AdditionalContext")],
             FORMAT, "RequestSecurityToken has other parts")
        need(text_of(body, WST, "TokenType") == TOKEN_TYPE, FORMAT, "TokenType")
        need(text_of(body, WST, "RequestType") == WST + "/Issue", FORMAT, "RequestType")
        need(body[2].get("ValueType") == PKI + "#PKCS10", FORMAT, "the request is no PKCS10")
        context = self._context(body[3])
        without_rules = self.server.habits["policies"] == "none"
        digest = "sha1" if without_rules else self.server.habits["hash"]
        bits = 2048 if without_rules else self.server.habits["bits"]
        device_id = context["DeviceID"][0]
        der = soap.binary(body[2])
        facts = self.server.authority.check_request(der, device_id, bits, digest)
        self.server.terms.check(context.get("EnrollmentData", [None])[0])
        if self.server.habits["refuse"]:
            subcode, _, error_type = self.server.habits["refuse"].partition("/")
            raise Refusal(subcode, "Hedgerow has no place <left> & says so", error_type or None)
        number = str(uuid.uuid4()).upper()
        own, stranger = self.server.authority.issue_device(der, number, self.server.habits["days"])
        device = self.server.enrolled(own, device_id, number, claims)
        self.server.log.write("issued", number=number, upn=claims["upn"], context=context, **facts)
        return self.answer(request, self._document(device, own, stranger))

    def answer(self, request, text):
        document = base64.b64encode(text.encode()).decode()
        lines = "\r\n".join(document[at:at + 76] for at in range(0, len(document), 76))
        return request.message_id, PKI + "/RSTRC/wstep", f"""\
<RequestSecurityTokenResponseCollection xmlns="{WST}"><RequestSecurityTokenResponse>
<b:RequestID xmlns:b="{PKI}">0</b:RequestID>
<RequestedSecurityToken><o:BinarySecurityToken xmlns:o="{WSSE}" EncodingType="{BASE64}" ValueType="{DOCUMENT_TYPE}">
{lines}
</o:BinarySecurityToken></RequestedSecurityToken>
<TokenType>{TOKEN_TYPE}</TokenType>
</RequestSecurityTokenResponse></RequestSecurityTokenResponseCollection>"""

    def _enrollee(self, request):
        if self.server.habits["enrollee"] == "password" and self.server.habits["auth"] == "Federated":
            return {"upn": self.server.sign_in.user_of(request.token(soap.WEB))}
        if self.server.habits["enrollee"] == "password":
            need(soap.user_of(request) == self.server.user, "Authentication", "nobody of this name and password")
            return {"upn": self.server.user[0]}
        return self.server.authority.check_token(request.token(), self.server.claims)

    def _context(self, element):
        need(all(child.tag == named(AUTHZ, "ContextItem") for child in element), FORMAT, "AdditionalContext")
        pairs = [(child.get("Name"), text_of(child, AUTHZ, "Value")) for child in element]
        places = []
        for name, _ in pairs:
            need(name in ITEMS, FORMAT, f"the context item {name} does not belong to what was negotiated")
            places.append(ITEMS.index(name))
        need(places == sorted(places), FORMAT, f"context items in another order: {[name for name, _ in pairs]}")
        context = {}
        for name, value in pairs:
            context.setdefault(name, []).append(value)
        missing = REQUIRED - set(context)
        need(not missing, FORMAT, f"without {', '.join(sorted(missing))}")
        need(all(len(values) == 1 for name, values in context.items() if name != "MAC"), FORMAT, "an item twice")
        for name, pattern in (("NotInOobe", "false"), ("EnrollmentType", "Device"), ("DeviceType", "CIMClient_Windows"),
                              ("HWDevID", "[0-9A-F]{64}"), ("DeviceID", "[0-9A-F]{32}"), ("OSEdition", r"\d+"),
                              ("OSVersion", r"10\.0\.\d+\.\d+"), ("ZeroTouchProvisioning", GUID)):
            value = context.get(name, [None])[0]
            need(value is None or re.fullmatch(pattern, value) is not None, FORMAT, f"{name} is {value}")
        for value in context["MAC"]:
            need(re.fullmatch("[0-9A-F]{2}(-[0-9A-F]{2}){5}", value) is not None, FORMAT, f"MAC is {value}")
        version = self.server.habits["version"]
        spoken = context.get("RequestVersion", [None])[0]
        need(spoken == (version if float(version) >= 5 else "5.0"), FORMAT, f"RequestVersion {spoken} after {version}")
        return context

    def _document(self, device, own, stranger):
        """Parts in no usual order, twice where that may be, datatypes and values left out where they may be."""
        habits, authority = self.server.habits, self.server.authority
        provider = self.server.provider

        def stored(*ders, inside=""):
            return "".join(
                f'<characteristic type="{hashlib.sha1(der).hexdigest()}">{inside}'
                f'<parm value="{base64.b64encode(der).decode()}" name="EncodedCertificate"/></characteristic>'
                for der in ders)

        def store(name, place, content):
            return (f'<characteristic type="CertificateStore"><characteristic type="{name}">'
                    f'<characteristic type="{place}">{content}</characteristic></characteristic></characteristic>')

        name = f"CN={device.number},OU=Care\\, Devices,DC=hedgerow,DC=example"
        wanted = name if habits["criteria"] == "own" else name.replace("Care", "Cure")
        criteria = "\uf000".join(f"Subject={quote(one)}&Stores=My%5C{where}" for one, where in
                                 (("CN=somebody else", "User"), (wanted, habits["store"])))
        parts = [
            '<characteristic type="DMClient"><characteristic type="Provider">'
            f'<characteristic type={quoteattr(provider if habits["client"] == "own" else "Somebody Else")}>'
            '<characteristic type="Poll"><parm name="IntervalForRemainingScheduledRetries" value="480"/>'
            '<parm value="2" name="IntervalForFirstSetOfRetries" datatype="integer"/>'
            '<parm name="NumberOfFirstRetries" value="9"/></characteristic>'
            f'<parm name="EntDeviceName" value={quoteattr("Hedgerow <" + device.number[:4] + ">")}/>'
            f'<parm name="EntDMID" value="{device.number}" datatype="string"/>'
            "</characteristic></characteristic></characteristic>",
            store("My", habits["store"], stored(stranger)),
            '<characteristic type="APPLICATION"><parm name="APPID" value="w2"/><parm name="ADDR" value="mms"/></characteristic>',
            '<characteristic type="APPLICATION">'
            '<characteristic type="APPAUTH"><parm value="DIGEST" name="AAUTHTYPE"/><parm name="AAUTHLEVEL" value="CLIENT"/>'
            '<parm name="AAUTHSECRET" value="server-secret"/><parm name="AAUTHDATA"/></characteristic>'
            f'<parm name="SSLCLIENTCERTSEARCHCRITERIA" value={quoteattr(criteria)}/>'
            f'<parm name="ADDR" value={quoteattr(self.server.care)}/>'
            f'<characteristic type="APPAUTH"><parm name="AAUTHNAME" value="{device.number}"/>'
            f'<parm name="AAUTHDATA" value="{device.nonce}"/><parm name="AAUTHSECRET" value={quoteattr(device.secret)}/>'
            '<parm name="AAUTHLEVEL" value="APPSRV"/><parm name="AAUTHTYPE" value="DIGEST"/></characteristic>'
            '<parm name="BACKCOMPATRETRYDISABLED"/><parm name="CONNRETRYFREQ" value="2"/>'
            '<parm name="INITIALBACKOFFTIME" value="4000"/><parm name="NAME" value=""/><parm name="APPID" value="w7"/>'
            f'<parm name="PROVIDER-ID" value={quoteattr(provider)}/></characteristic>',
            store("My", habits["store"], stored(own, inside='<characteristic type="PrivateKeyContainer"/>')),
            '<characteristic type="CertificateStore"><characteristic type="My"><characteristic type="WSTEP">'
            '<characteristic type="Renew"><parm name="RenewalPeriod" value="30"/><parm name="ROBOSupport" value="true"/>'
            "</characteristic></characteristic></characteristic></characteristic>",
        ]
        if "intermediate" in habits["authorities"]:
            parts.append(store("CA", "System", stored(authority.certificate("care-issuing"))))
        if "root" in habits["authorities"]:
            parts.insert(0, store("Root", "System", stored(authority.certificate("care-root"))))
        return ('<?xml version="1.0"?>\r\n<!-- Hedgerow -->\r\n<wap-provisioningdoc version="1.1">\r\n  '
                + "\r\n  ".join(parts) + "\r\n</wap-provisioningdoc>\r\n")


def answer_of(handle, http, log):
    """Status and body of an answer, fault or not."""
    relates_to = ""
    found = re.search(rb"<(?:\w+:)?MessageID>([^<]{1,80})<", http.body)
    if found:
        relates_to = found.group(1).decode(errors="replace")
    try:
        relates_to, action, body = handle(http)
        return 200, soap.envelope(action, relates_to, body.replace("\n", "\r\n").replace("\r\r", "\r"))
    except Refusal as refusal:
        log.write("refused", where=handle.__name__, kind=refusal.kind, text=refusal.text)
        return soap.fault(refusal, relates_to)
