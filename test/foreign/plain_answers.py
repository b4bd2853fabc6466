"""What plain.py answers an enrolment with: SOAP in one line, a provisioning document of the least that a device needs."""

import base64
import hashlib

from soap import BASE64, DISCOVER, MDE, PKI, POLICIES, SOAP, WSA, WSSE, WST, XCEP, XSI

DOCUMENT = "http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentProvisionDoc"
SOAP_TYPE = "application/soap+xml; charset=utf-8"


def envelope(action, relates_to, body):
    return SOAP_TYPE, (
        f'<s:Envelope xmlns:s="{SOAP}" xmlns:a="{WSA}"><s:Header><a:Action s:mustUnderstand="1">{action}</a:Action>'
        f"<a:RelatesTo>{relates_to}</a:RelatesTo></s:Header><s:Body>{body}</s:Body></s:Envelope>").encode()


def discovered(relates_to, policy, enrol):
    return envelope(f"{DISCOVER}Response", relates_to, (
        f'<DiscoverResponse xmlns="{MDE}"><DiscoverResult><AuthPolicy>Federated</AuthPolicy>'
        f"<EnrollmentVersion>4.0</EnrollmentVersion><EnrollmentPolicyServiceUrl>{policy}</EnrollmentPolicyServiceUrl>"
        f"<EnrollmentServiceUrl>{enrol}</EnrollmentServiceUrl></DiscoverResult></DiscoverResponse>"))


def policies(relates_to):
    nothing = 'xsi:nil="true"'
    return envelope(f"{POLICIES}Response", relates_to, (
        f'<GetPoliciesResponse xmlns="{XCEP}" xmlns:xsi="{XSI}"><response><policyID/><policyFriendlyName {nothing}/>'
        f"<nextUpdateHours {nothing}/><policiesNotChanged {nothing}/><policies><policy>"
        "<policyOIDReference>0</policyOIDReference><cAs/><attributes><policySchema>3</policySchema>"
        "<privateKeyAttributes><minimalKeyLength>2048</minimalKeyLength>"
        f"<keySpec {nothing}/><keyUsageProperty {nothing}/><permissions {nothing}/><algorithmOIDReference {nothing}/>"
        f"<cryptoProviders {nothing}/></privateKeyAttributes><supersededPolicies {nothing}/><privateKeyFlags {nothing}/>"
        f"<subjectNameFlags {nothing}/><enrollmentFlags {nothing}/><generalFlags {nothing}/>"
        f"<hashAlgorithmOIDReference>0</hashAlgorithmOIDReference><rARequirements {nothing}/>"
        f"<keyArchivalAttributes {nothing}/><extensions {nothing}/></attributes></policy></policies></response><cAs {nothing}/>"
        "<oIDs><oID><value>2.16.840.1.101.3.4.2.1</value><group>1</group><oIDReferenceID>0</oIDReferenceID>"
        "<defaultName>szOID_NIST_sha256</defaultName></oID></oIDs></GetPoliciesResponse>"))


def issued(relates_to, document):
    return envelope(f"{PKI}/RSTRC/wstep", relates_to, (
        f'<RequestSecurityTokenResponseCollection xmlns="{WST}"><RequestSecurityTokenResponse>'
        f"<TokenType>{DOCUMENT.replace('ProvisionDoc', 'Token')}</TokenType>"
        f'<DispositionMessage xmlns="{PKI}"/><RequestedSecurityToken><BinarySecurityToken xmlns="{WSSE}" '
        f'ValueType="{DOCUMENT}" EncodingType="{BASE64}">{base64.b64encode(document.encode()).decode()}'
        f'</BinarySecurityToken></RequestedSecurityToken><RequestID xmlns="{PKI}">0</RequestID>'
        "</RequestSecurityTokenResponse></RequestSecurityTokenResponseCollection>"))


def provisioning(provider, address, number, own, root):
    """The certificate goes into the store of the user, as it did with servers that were read."""
    def part(kind, *inside):
        return f'<characteristic type="{kind}">{"".join(inside)}</characteristic>'

    def parm(name, value, form=None):
        return f'<parm name="{name}" value="{value}"' + (f' datatype="{form}"' if form else "") + "/>"

    def stored(place, der, *more):
        data = parm("EncodedCertificate", base64.b64encode(der).decode())
        return part(place, part(hashlib.sha1(der).hexdigest().upper(), data, *more))

    criteria = f"Subject=CN%3d{number}%2cOU%3dCare%5c%2c%20Devices%2cDC%3dhedgerow%2cDC%3dexample&amp;Stores=My%5CUser"
    return ('<wap-provisioningdoc version="1.1">' + part(
        "CertificateStore", part("Root", stored("System", root)),
        part("My", stored("User", own, part("PrivateKeyContainer")), part("WSTEP", part("Renew", parm(
            "ROBOSupport", "true", "boolean"), parm("RenewPeriod", "60", "integer"), parm("RetryInterval", "4", "integer")))))
        + part("APPLICATION", parm("APPID", "w7"), parm("PROVIDER-ID", provider), parm("NAME", provider),
               parm("ADDR", address), parm("ROLE", "4294967295"), parm("BACKCOMPATRETRYDISABLED", ""),
               parm("DEFAULTENCODING", "application/vnd.syncml.dm+xml"), parm("SSLCLIENTCERTSEARCHCRITERIA", criteria))
        + part("DMClient", part("Provider", part(provider, part(
            "Poll", parm("NumberOfFirstRetries", "8", "integer"), parm("IntervalForFirstSetOfRetries", "1", "integer"),
            parm("NumberOfSecondRetries", "5", "integer"), parm("IntervalForSecondSetOfRetries", "2", "integer"),
            parm("NumberOfRemainingScheduledRetries", "0", "integer"),
            parm("IntervalForRemainingScheduledRetries", "8", "integer"), parm("PollOnLogin", "true", "boolean")),
            # Lists may name this node as a policy that is there at once.
            parm("EntDMID", number, "string"))))
        + "</wap-provisioningdoc>")
