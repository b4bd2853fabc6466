import { CODE } from '../windows-codes.ts'
import { type Fault, type FaultService, SERVICES } from './fault.ts'

type Row = Pick<Fault, 'base' | 'page' | 'code' | 'recovery' | 'ends' | 'help'> & Partial<Pick<Fault, 'in' | 'says'>>

const NONE = { recovery: { by: 'none' }, ends: 'failed' } as const
const EXEMPT =
  'Nothing at the device helps. The administrator exempts the hosts from TLS inspection: "oobe network hosts".'

/** A box of the school ends TLS in the place of one service: setup does not know its root. */
const inspected = (service: FaultService, host: string, row: Row): Fault => ({
  name: `inspection-of-${service}`,
  family: 'tls',
  about: `TLS to ${SERVICES[service]} is inspected, with a root of the school that setup does not know.`,
  bites: { fromStart: row.page! },
  facts: { network: { inspect: { hosts: [host] } } },
  source: 'oobe-autopilot-esp.md, 5.2 [D]; which code each part of setup shows is [U]',
  ...row,
})

/** The maker has put the root onto the device, and the service does not take it. */
const trusted = (service: FaultService, host: string, row: Row): Fault => ({
  ...inspected(service, host, row),
  name: `trusted-inspection-of-${service}`,
  about: `TLS to ${SERVICES[service]} is inspected, with a root of the school that is on the device.`,
  facts: { network: { inspect: { hosts: [host], trusted: true } } },
})

export const TLS_FAULTS: readonly Fault[] = [
  inspected('sign-in', 'login.microsoftonline.com', {
    base: 'wifi',
    page: 'signIn',
    code: CODE.signInIntercepted,
    says: 'TLS inspection',
    help: EXEMPT,
    ...NONE,
  }),
  inspected('join', 'enterpriseregistration.windows.net', {
    base: 'wifi',
    page: 'deviceJoin',
    code: CODE.certificateAuthorityUnknown,
    help: EXEMPT,
    ...NONE,
  }),
  inspected('enrolment', 'enrollment.manage.microsoft.com', {
    base: 'wifi',
    page: 'enrollment',
    code: CODE.enrollmentTlsCertificate,
    says: 'TLS inspection',
    help: EXEMPT,
    ...NONE,
  }),
  inspected('autopilot-service', 'ztd.dds.microsoft.com', {
    base: 'wifi',
    page: 'autopilotProfile',
    code: CODE.certificateAuthorityUnknown,
    in: 'log',
    recovery: { by: 'none' },
    ends: 'withoutAutopilot',
    help: 'The device is set up as one of no school. Exempt the hosts, and restart it.',
  }),
  inspected('updates', 'fe2.update.microsoft.com', {
    base: 'wifi',
    page: 'qualityUpdates',
    code: CODE.certificateAuthorityUnknown,
    recovery: { by: 'person', press: 'skip' },
    ends: 'asBefore',
    help: 'The first boot continues without updates; the person skips the page of quality updates.',
  }),
  inspected('attestation', '*.microsoftaik.azure.net', {
    base: 'selfDeploying',
    page: 'tpmAttestation',
    code: CODE.certificateAuthorityUnknown,
    help: EXEMPT,
    ...NONE,
  }),
  trusted('attestation', '*.microsoftaik.azure.net', {
    base: 'selfDeploying',
    page: 'tpmAttestation',
    code: CODE.certificateAuthorityUnknown,
    says: 'which this service refuses',
    help: EXEMPT,
    ...NONE,
  }),
  {
    name: 'portal-with-its-own-certificate',
    family: 'tls',
    about: 'A captive portal lets the connectivity test through, and answers everything else with its own page.',
    help: 'The person opens the portal on another device, or takes another network, and tries again.',
    base: 'wifi',
    bites: { fromStart: 'signIn' },
    facts: {
      network: {
        wifi: [
          {
            ssid: 'Contoso-Students',
            security: 'wpa2-psk',
            key: 'learn-anywhere',
            bars: 4,
            captivePortal: { answers: 'page', lets: ['*.msftconnecttest.com'] },
          },
        ],
      },
    },
    page: 'signIn',
    code: CODE.signInIntercepted,
    says: 'captive portal',
    ...NONE,
    source: 'oobe-autopilot-esp.md, 1.4 [B]',
  },
]
