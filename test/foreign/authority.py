"""Certificates and signatures of the server. All of it is done by the openssl command; nothing of oobe-sim is used."""

import base64
import json
import os
import re
import subprocess
import time
import uuid

from refusal import Refusal, need

DEVICE_ID_EXTENSION = "1.3.6.1.4.1.311.66.1.0"
SIGNATURES = {
    "sha1": "sha1WithRSAEncryption",
    "sha256": "sha256WithRSAEncryption",
    "sha384": "sha384WithRSAEncryption",
    "sha512": "sha512WithRSAEncryption",
}


def openssl(*arguments, given=None):
    """Standard output of the command; what it says on standard error is the message of the exception."""
    done = subprocess.run(["openssl", *arguments], input=given, capture_output=True, check=False)
    if done.returncode != 0:
        raise ValueError(done.stderr.decode(errors="replace").strip() or f"openssl {arguments[0]} failed")
    return done.stdout


def der_of(pem_path):
    return openssl("x509", "-in", pem_path, "-outform", "DER")


class Authority:
    """A root of the web for the enrolment, and a private root with an issuing authority for management."""

    def __init__(self, folder):
        self.folder = folder
        self._root("web-root", "/C=NL/O=Hedgerow Web Trust/CN=Hedgerow Web Root")
        self._root("care-root", "/DC=example/DC=hedgerow/CN=Hedgerow Care Root R1")
        self._below("care-issuing", "/DC=example/DC=hedgerow/OU=Trust/CN=Hedgerow Care Issuing 7", "care-root", [
            "basicConstraints=critical,CA:TRUE,pathlen:0",
            "keyUsage=critical,keyCertSign,cRLSign",
            "subjectKeyIdentifier=hash",
            "authorityKeyIdentifier=keyid",
        ])
        self._below("web", "/CN=enrol.hedgerow.example", "web-root", [
            "subjectAltName=DNS:localhost",
            "extendedKeyUsage=serverAuth",
        ])
        self._below("care", "/CN=care.hedgerow.example", "care-issuing", [
            "subjectAltName=IP:127.0.0.1",
            "extendedKeyUsage=serverAuth",
            "authorityKeyIdentifier=keyid",
        ])
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self.path("idp-key.pem"))
        openssl("pkey", "-in", self.path("idp-key.pem"), "-pubout", "-out", self.path("idp-public.pem"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def _key(self, name):
        path = self.path(f"{name}-key.pem")
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
        return path

    def _root(self, name, subject):
        openssl("req", "-x509", "-new", "-key", self._key(name), "-sha384", "-days", "3650", "-subj", subject,
                "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", self.path(f"{name}.pem"))

    def _below(self, name, subject, issuer, extensions):
        request = openssl("req", "-new", "-key", self._key(name), "-subj", subject)
        self._issue(request, issuer, extensions, "825", out=self.path(f"{name}.pem"))

    def _issue(self, request, issuer, extensions, days, out, subject=None):
        extension_file = self.path(f"{uuid.uuid4()}.cnf")
        with open(extension_file, "w", encoding="ascii") as file:
            file.write("\n".join(extensions) + "\n")
        openssl("x509", "-req", "-CA", self.path(f"{issuer}.pem"), "-CAkey", self.path(f"{issuer}-key.pem"),
                "-set_serial", str(uuid.uuid4().int >> 1), "-sha256", "-days", days, "-extfile", extension_file,
                *(["-subj", subject] if subject else []), "-out", out, given=request)
        os.remove(extension_file)

    def certificate(self, name):
        return der_of(self.path(f"{name}.pem"))

    def check_request(self, der, device_id, bits, digest):
        """A PKCS#10 of an enrolment: its own signature, its subject, its extension, its key."""
        # Older versions of the command say that a signature is wrong, and exit with 0.
        read = subprocess.run(["openssl", "req", "-inform", "DER", "-verify", "-noout", "-text"], input=der,
                              capture_output=True, check=False)
        proven = read.returncode == 0 and b"verify OK" in read.stderr
        need(proven, "CertificateRequest",
             f"the request does not prove its key: {(read.stderr.decode(errors='replace').splitlines() or [''])[0]}")
        text = read.stdout.decode(errors="replace")
        need("Signature Algorithm: " + SIGNATURES[digest] in text, "CertificateRequest",
             f"the request is not signed with {SIGNATURES[digest]}")
        length = int(re.search(r"Public-Key: \((\d+) bit\)", text).group(1))
        need(length >= bits, "CertificateRequest", f"a key of {length} bits, where {bits} are wanted")
        need("TLS Web Client Authentication" in text, "CertificateRequest", "the purpose is not client authentication")
        tree = openssl("asn1parse", "-inform", "DER", given=der).decode()
        name = re.search(r"OBJECT\s+:commonName\n.*?prim: +(\w+)\s+:(.*)", tree)
        need(tree.count(":commonName") == 1 and name is not None, "CertificateRequest", "the subject is not one CN")
        need(name.group(1) == "UTF8STRING", "CertificateRequest", f"the CN is a {name.group(1)}")
        need(re.fullmatch(r"[0-9A-F-]{30}!" + device_id, name.group(2)) is not None, "CertificateRequest",
             f"the CN {name.group(2)} is not that of device {device_id}")
        raw = re.search(r"OBJECT\s+:" + re.escape(DEVICE_ID_EXTENSION) + r"\n.*?\[HEX DUMP\]:([0-9A-F]+)", tree)
        need(raw is not None, "CertificateRequest", f"no extension {DEVICE_ID_EXTENSION}")
        need(bytes.fromhex(raw.group(1)) == device_id.encode() + b"\0", "CertificateRequest",
             "the extension names another device than the context")
        return {"commonName": name.group(2), "bits": length, "signature": SIGNATURES[digest]}

    def issue_device(self, request_der, number, days="400"):
        """The certificate for a device's key, under a subject of our own; and one for a key that no device has."""
        subject = f"/DC=example/DC=hedgerow/OU=Care, Devices/CN={number}"
        extensions = ["basicConstraints=CA:FALSE", "extendedKeyUsage=clientAuth", "authorityKeyIdentifier=keyid"]
        pem = openssl("req", "-inform", "DER", given=request_der)
        self._issue(pem, "care-issuing", extensions, days, self.path(f"{number}.pem"), subject)
        stranger = openssl("req", "-new", "-key", self._key("stranger"), "-subj", subject)
        self._issue(stranger, "care-issuing", extensions, "400", self.path("stranger.pem"), subject)
        return self.certificate(number), self.certificate("stranger")

    def open_renewal(self, der, number):
        """The PKCS#10 in a PKCS#7 that the device's present certificate has signed, and no other one."""
        chain = self.path("care-chain.pem")
        with open(chain, "wb") as file:
            for name in ("care-issuing", "care-root"):
                with open(self.path(f"{name}.pem"), "rb") as part:
                    file.write(part.read())
        try:
            return openssl("cms", "-verify", "-inform", "DER", "-binary", "-nointern", "-certfile",
                           self.path(f"{number}.pem"), "-CAfile", chain, "-purpose", "any", given=der)
        except ValueError as error:
            raise Refusal("InvalidSecurity", f"the PKCS#7 does not verify: {str(error).splitlines()[0]}") from error

    def same_key(self, der, number):
        """Whether a PKCS#10 is for the key that the device has a certificate for already."""
        wanted = openssl("req", "-inform", "DER", "-noout", "-pubkey", given=der)
        return wanted == openssl("x509", "-in", self.path(f"{number}.pem"), "-noout", "-pubkey")

    def check_token(self, text, claims):
        """A compact JWT of our identity provider; the claims that matter have to be the given ones."""
        parts = text.split(".")
        need(len(parts) == 3, "Authentication", "the token is no compact JWT")
        try:
            header, payload = (json.loads(unpadded(part)) for part in parts[:2])
            signature = unpadded(parts[2])
        except (ValueError, UnicodeDecodeError) as error:
            raise Refusal("Authentication", "the token cannot be read") from error
        need(header.get("alg") == "RS256" and header.get("kid") == "hedgerow-1", "Authentication",
             f"the token is signed with {header.get('alg')} and the key {header.get('kid')}")
        mark = self.path(f"{uuid.uuid4()}.sig")
        with open(mark, "wb") as file:
            file.write(signature)
        try:
            openssl("dgst", "-sha256", "-verify", self.path("idp-public.pem"), "-signature", mark,
                    given=".".join(parts[:2]).encode())
        except ValueError as error:
            raise Refusal("Authentication", "the signature of the token does not verify") from error
        finally:
            os.remove(mark)
        now = time.time()
        need(payload.get("nbf", 0) <= now < payload.get("exp", 0), "Authentication", "the token is out of its time")
        for name, wanted in claims.items():
            need(payload.get(name) == wanted, "Authorization", f"the token has {payload.get(name)!r} as {name}")
        return payload


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
