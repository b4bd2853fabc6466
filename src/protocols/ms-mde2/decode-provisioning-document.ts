import { DecodeError } from '../../domain/trouble.ts'
import { decodeBase64 } from '../xml/base64.ts'
import { attribute, children, type XmlElement } from '../xml/element.ts'
import { parseXml } from '../xml/read.ts'
import { compact, decodeBoolean, decodeInteger, required } from '../xml/schema-values.ts'
import {
  type CertificateRenewal,
  type DmClientSettings,
  type ManagementApplication,
  POLL_NUMBERS,
  type PollSchedule,
  type ProvisioningDocument,
} from './provisioning-types.ts'

const MALFORMED = 'ERR_MDE2_PROVISIONING_MALFORMED'
const STORE = 'ERR_MDE2_PROVISIONING_CERTIFICATE_STORE'
const APPLICATION = 'ERR_MDE2_PROVISIONING_APPLICATION'
const DM_CLIENT = 'ERR_MDE2_PROVISIONING_DM_CLIENT'

/**
 * Reads a provisioning document, whatever the order of its parts, however often a block comes, with or without
 * datatypes. Thumbprints are not compared: a certificate is what its DER says.
 *
 * @throws DecodeError `ERR_XML_…` from the parser; `ERR_MDE2_PROVISIONING_MALFORMED` another document;
 *   `ERR_MDE2_PROVISIONING_CERTIFICATE_STORE`, `…_APPLICATION`, `…_DM_CLIENT` for the part that cannot be applied.
 *
 * @param isOurs which of several client certificates is meant; the first one where none is
 */
export function decodeProvisioningDocument(
  input: string | Uint8Array,
  isOurs: (der: Uint8Array) => boolean = () => true,
): ProvisioningDocument {
  const root = parseXml(input)
  if (root.local !== 'wap-provisioningdoc') throw new DecodeError(MALFORMED, 'the root is not a wap-provisioningdoc')
  const client = decodeClient(root, isOurs)
  const renew = inside([root], 'CertificateStore', 'My', 'WSTEP', 'Renew')
  // Other applications (w2, w4 …) configure messaging and are no business of an enrolment.
  const application = inside([root], 'APPLICATION').find((one) => parm([one], 'APPID')?.toLowerCase() === 'w7')
  const providers = inside([root], 'DMClient', 'Provider').flatMap((one) => children(one, 'characteristic'))
  const providerId = application && parm([application], 'PROVIDER-ID')
  const provider = providers.find((one) => attribute(one, 'type') === providerId) ?? providers[0]
  return compact({
    roots: inside([root], 'CertificateStore', 'Root', 'System').flatMap(certificates),
    intermediates: inside([root], 'CertificateStore', 'CA', 'System').flatMap(certificates),
    client,
    renew: renew.length === 0 ? undefined : decodeRenewal(renew),
    application: application && decodeApplication(application),
    dmClient: provider && decodeDmClient(provider),
  })
}

/** Everything at a path of types; a block may be repeated at any level, and letter case varies between servers. */
function inside(elements: readonly XmlElement[], ...types: readonly string[]): XmlElement[] {
  return types.reduce<XmlElement[]>(
    (at, type) =>
      at
        .flatMap((element) => children(element, 'characteristic'))
        .filter((element) => (attribute(element, 'type') ?? '').toLowerCase() === type.toLowerCase()),
    [...elements],
  )
}

/** The value of a parameter: undefined when there is none, empty when it has none. */
function parm(elements: readonly XmlElement[], name: string): string | undefined {
  const found = elements
    .flatMap((element) => children(element, 'parm'))
    .find((element) => (attribute(element, 'name') ?? '').toLowerCase() === name.toLowerCase())
  return found && (attribute(found, 'value') ?? '').trim()
}

const filled = (elements: readonly XmlElement[], name: string): string | undefined => parm(elements, name) || undefined

const certificates = (store: XmlElement): Uint8Array[] =>
  children(store, 'characteristic').flatMap((one) => {
    const encoded = filled([one], 'EncodedCertificate')
    return encoded === undefined ? [] : [decodeBase64(encoded, STORE, 'EncodedCertificate')]
  })

function decodeClient(root: XmlElement, isOurs: (der: Uint8Array) => boolean): ProvisioningDocument['client'] {
  const found = (['System', 'User'] as const).flatMap((store) =>
    inside([root], 'CertificateStore', 'My', store)
      .flatMap(certificates)
      .map((der) => ({ store, der })),
  )
  const client = found.find(({ der }) => isOurs(der)) ?? found[0]
  if (!client) throw new DecodeError(STORE, 'no client certificate under My/System or My/User')
  return client
}

const decodeRenewal = (at: readonly XmlElement[]): CertificateRenewal =>
  compact({
    roboSupport: decodeBoolean(parm(at, 'ROBOSupport'), STORE, 'ROBOSupport'),
    // The text of the specification spells it the second way.
    renewPeriod: decodeInteger(parm(at, 'RenewPeriod') ?? parm(at, 'RenewalPeriod'), STORE, 'RenewPeriod'),
    retryInterval: decodeInteger(parm(at, 'RetryInterval'), STORE, 'RetryInterval'),
  })

function decodeApplication(application: XmlElement): ManagementApplication {
  const at = [application]
  const integer = (name: string) => decodeInteger(parm(at, name), APPLICATION, name)
  const auth = inside(at, 'APPAUTH').map((one) =>
    compact({
      level: required(filled([one], 'AAUTHLEVEL'), APPLICATION, 'AAUTHLEVEL'),
      type: required(filled([one], 'AAUTHTYPE'), APPLICATION, 'AAUTHTYPE'),
      name: parm([one], 'AAUTHNAME'),
      secret: parm([one], 'AAUTHSECRET'),
      data: parm([one], 'AAUTHDATA'),
    }),
  )
  return compact({
    providerId: required(filled(at, 'PROVIDER-ID'), APPLICATION, 'PROVIDER-ID'),
    name: parm(at, 'NAME') ?? '',
    addr: required(filled(at, 'ADDR'), APPLICATION, 'ADDR'),
    connRetryFreq: integer('CONNRETRYFREQ'),
    initialBackoffTime: integer('INITIALBACKOFFTIME'),
    maxBackoffTime: integer('MAXBACKOFFTIME'),
    // Its presence is its value.
    backCompatRetryDisabled: parm(at, 'BACKCOMPATRETRYDISABLED') === undefined ? undefined : true,
    defaultEncoding: filled(at, 'DEFAULTENCODING'),
    sslClientCertSearchCriteria: filled(at, 'SSLCLIENTCERTSEARCHCRITERIA'),
    auth: auth.length === 0 ? undefined : auth,
  })
}

function decodeDmClient(provider: XmlElement): DmClientSettings {
  const at = [provider]
  const poll = inside(at, 'Poll')
  return compact({
    providerId: required(attribute(provider, 'type') || undefined, DM_CLIENT, 'the provider id'),
    upn: filled(at, 'UPN'),
    entDeviceName: filled(at, 'EntDeviceName'),
    entDmId: filled(at, 'EntDMID'),
    requireMessageSigning: decodeBoolean(parm(at, 'RequireMessageSigning'), DM_CLIENT, 'RequireMessageSigning'),
    syncApplicationVersion: filled(at, 'SyncApplicationVersion'),
    poll: poll.length === 0 ? undefined : decodePoll(poll),
  })
}

function decodePoll(at: readonly XmlElement[]): PollSchedule {
  const numbers: PollSchedule = {}
  for (const [name, key] of POLL_NUMBERS) {
    const value = decodeInteger(parm(at, name), DM_CLIENT, name)
    if (value !== undefined) numbers[key] = value
  }
  return {
    ...numbers,
    ...compact({
      pollOnLogin: decodeBoolean(parm(at, 'PollOnLogin'), DM_CLIENT, 'PollOnLogin'),
      allUsersPollOnFirstLogin: decodeBoolean(
        parm(at, 'AllUsersPollOnFirstLogin'),
        DM_CLIENT,
        'AllUsersPollOnFirstLogin',
      ),
    }),
  }
}
