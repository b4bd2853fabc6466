import { createHash } from 'node:crypto'
import { DecodeError } from '../../domain/trouble.ts'
import { decodeAttest } from '../../protocols/tpm/attest.ts'
import { ALG, OBJECT } from '../../protocols/tpm/constants.ts'
import { creationHash, decodeCreationData } from '../../protocols/tpm/creation-data.ts'
import { nameOf } from '../../protocols/tpm/public-area.ts'
import { decodeSignature, verifySignature } from '../../protocols/tpm/signature.ts'
import { decodePublic, publicKeyOf, type TpmPublic } from '../../protocols/tpm/tpmt-public.ts'
import { spkiOf } from '../../protocols/x509/signature.ts'
import type { Evidence } from './evidence.ts'
import { badEvidence, type Refusal } from './refusal.ts'

/** Never out of its TPM, made there, and for nothing but to sign what the TPM itself says. */
const AIK_SET = OBJECT.fixedTPM | OBJECT.fixedParent | OBJECT.sensitiveDataOrigin | OBJECT.restricted | OBJECT.sign
const EK_SET = OBJECT.fixedTPM | OBJECT.fixedParent | OBJECT.sensitiveDataOrigin | OBJECT.restricted | OBJECT.decrypt

export interface Keys {
  endorsement: TpmPublic
  attestation: TpmPublic
  /** SubjectPublicKeyInfo of the attestation key. */
  attestationSpki: Uint8Array
  attestationName: Uint8Array
}

/** Checks both keys, and that the attestation key signed that it was made in a TPM. */
export function verifyKeys(evidence: Evidence, ekSpki: Uint8Array): Keys | Refusal {
  try {
    const endorsement = decodePublic(evidence.ekPub)
    const attestation = decodePublic(evidence.aikPub)
    const attestationName = nameOf(evidence.aikPub)
    const attestationKey = publicKeyOf(attestation)
    if (!attestationKey) return badEvidence('ERR_AIK_ATTRIBUTES', 'the attestation key is no key')
    return (
      checkEndorsement(endorsement, ekSpki) ??
      checkAttributes(attestation) ??
      checkCreation(evidence, attestation, attestationName) ?? {
        endorsement,
        attestation,
        attestationSpki: spkiOf(attestationKey),
        attestationName,
      }
    )
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return badEvidence('ERR_ATTESTATION_MALFORMED', `${error.code}: ${error.message}`)
  }
}

function checkEndorsement(endorsement: TpmPublic, ekSpki: Uint8Array): Refusal | undefined {
  const key = publicKeyOf(endorsement)
  if (!key || Buffer.compare(spkiOf(key), ekSpki) !== 0) {
    return badEvidence('ERR_EK_MISMATCH', 'the certificate is for another endorsement key')
  }
  const isStorage = endorsement.symmetric !== null && (endorsement.attributes & OBJECT.sign) === 0
  if (!isStorage || endorsement.nameAlg !== ALG.SHA256 || (endorsement.attributes & EK_SET) !== EK_SET) {
    return badEvidence('ERR_EK_TEMPLATE', 'the endorsement key may leave its TPM, or serve for something else')
  }
  return undefined
}

function checkAttributes(attestation: TpmPublic): Refusal | undefined {
  const { attributes, scheme, nameAlg } = attestation
  const isFixed = (attributes & AIK_SET) === AIK_SET && (attributes & OBJECT.decrypt) === 0
  const isSigning = scheme?.algorithm === ALG.RSASSA && scheme.hash === ALG.SHA256 && nameAlg === ALG.SHA256
  if (isFixed && isSigning) return undefined
  return badEvidence('ERR_AIK_ATTRIBUTES', 'the key is no restricted signing key that is fixed to its TPM')
}

function checkCreation(evidence: Evidence, attestation: TpmPublic, name: Uint8Array): Refusal | undefined {
  const { attested, extraData } = decodeAttest(evidence.attest)
  if (attested.kind !== 'creation') return badEvidence('ERR_AIK_ATTEST', `this attests a ${attested.kind}`)
  if (Buffer.compare(attested.objectName, name) !== 0) {
    return badEvidence('ERR_AIK_ATTEST', 'this attests the creation of another key')
  }
  if (Buffer.compare(extraData, qualifierOf(evidence)) !== 0) {
    return badEvidence('ERR_AIK_ATTEST', 'this was not attested for this request')
  }
  decodeCreationData(evidence.creationData)
  if (Buffer.compare(attested.creationHash, creationHash(evidence.creationData)) !== 0) {
    return badEvidence('ERR_AIK_CREATION', 'the creation data are not those that were attested')
  }
  if (!verifySignature(evidence.attest, decodeSignature(evidence.signature), attestation)) {
    return badEvidence('ERR_AIK_SIGNATURE', 'the attestation key has not signed this')
  }
  return undefined
}

/** What ties an attestation to its request: SHA-256 over the device's time and the endorsement certificate. */
const qualifierOf = ({ clientTimeText, ekCertificate }: Evidence): Uint8Array =>
  new Uint8Array(createHash('sha256').update(clientTimeText).update(ekCertificate).digest())
