import { createHash } from 'node:crypto'
import { encodeBase64 } from '../xml/base64.ts'
import { element, type Xml, type XmlChild } from '../xml/write.ts'
import {
  type CertificateRenewal,
  type DmClientSettings,
  type ManagementApplication,
  POLL_NUMBERS,
  type PollSchedule,
  type ProvisioningDocument,
} from './provisioning-types.ts'

/** SHA-1 over the DER in upper-case hex, the name of a certificate in a Windows store. */
export const certificateThumbprint = (der: Uint8Array): string =>
  createHash('sha1').update(der).digest('hex').toUpperCase()

/** The text of a `wap-provisioningdoc`, as it goes in base64 into the answer to a certificate request. */
export function encodeProvisioningDocument(document: ProvisioningDocument): string {
  const { roots, intermediates, client, renew, application, dmClient } = document
  return element(
    'wap-provisioningdoc',
    { version: '1.1' },
    characteristic(
      'CertificateStore',
      roots.length === 0 ? undefined : characteristic('Root', characteristic('System', roots.map(certificate))),
      intermediates.length === 0
        ? undefined
        : characteristic('CA', characteristic('System', intermediates.map(certificate))),
      characteristic(
        'My',
        characteristic(client.store, certificate(client.der), characteristic('PrivateKeyContainer')),
        renew && characteristic('WSTEP', characteristic('Renew', ...renewal(renew))),
      ),
    ),
    application && encodeApplication(application),
    dmClient && encodeDmClient(dmClient),
  )
}

const characteristic = (type: string, ...inside: XmlChild[]): Xml => element('characteristic', { type }, ...inside)

const parm = (name: string, value: string | number | boolean | undefined, datatype?: string): Xml | undefined =>
  value === undefined ? undefined : element('parm', { name, value: String(value), datatype })

const certificate = (der: Uint8Array): Xml =>
  characteristic(certificateThumbprint(der), parm('EncodedCertificate', encodeBase64(der)))

/** Windows requires an explicit datatype for these three. */
const renewal = ({ roboSupport, renewPeriod, retryInterval }: CertificateRenewal): XmlChild[] => [
  parm('ROBOSupport', roboSupport, 'boolean'),
  parm('RenewPeriod', renewPeriod, 'integer'),
  parm('RetryInterval', retryInterval, 'integer'),
]

const encodeApplication = (application: ManagementApplication): Xml =>
  characteristic(
    'APPLICATION',
    parm('APPID', 'w7'),
    parm('PROVIDER-ID', application.providerId),
    parm('NAME', application.name),
    parm('ADDR', application.addr),
    parm('CONNRETRYFREQ', application.connRetryFreq),
    parm('INITIALBACKOFFTIME', application.initialBackoffTime),
    parm('MAXBACKOFFTIME', application.maxBackoffTime),
    application.backCompatRetryDisabled ? element('parm', { name: 'BACKCOMPATRETRYDISABLED' }) : undefined,
    parm('DEFAULTENCODING', application.defaultEncoding),
    parm('SSLCLIENTCERTSEARCHCRITERIA', application.sslClientCertSearchCriteria),
    application.auth?.map(({ level, type, name, secret, data }) =>
      characteristic(
        'APPAUTH',
        parm('AAUTHLEVEL', level),
        parm('AAUTHTYPE', type),
        parm('AAUTHNAME', name),
        parm('AAUTHSECRET', secret),
        parm('AAUTHDATA', data),
      ),
    ),
  )

const encodeDmClient = (settings: DmClientSettings): Xml =>
  characteristic(
    'DMClient',
    characteristic(
      'Provider',
      characteristic(
        settings.providerId,
        parm('UPN', settings.upn, 'string'),
        parm('EntDeviceName', settings.entDeviceName, 'string'),
        parm('EntDMID', settings.entDmId, 'string'),
        parm('RequireMessageSigning', settings.requireMessageSigning, 'boolean'),
        parm('SyncApplicationVersion', settings.syncApplicationVersion, 'string'),
        settings.poll && encodePoll(settings.poll),
      ),
    ),
  )

const encodePoll = (poll: PollSchedule): Xml =>
  characteristic(
    'Poll',
    ...POLL_NUMBERS.map(([name, key]) => parm(name, poll[key], 'integer')),
    parm('PollOnLogin', poll.pollOnLogin, 'boolean'),
    parm('AllUsersPollOnFirstLogin', poll.allUsersPollOnFirstLogin, 'boolean'),
  )
