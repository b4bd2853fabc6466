import { CODE, codeOfSyncmlStatus } from '../windows-codes.ts'
import type { Fault, FaultEffect } from './fault.ts'

const ENROLMENT = ['MS-MDE2 Discover', 'MS-XCEP GetPolicies', 'MS-WSTEP RequestSecurityToken']
const RESULTS = 'mdm-protocols.md, 1.9'
const AGAIN = 'The person presses Try again, and the first boot continues.'
const TRY_AGAIN = { by: 'person', press: 'tryAgain' } as const

const enrolment = (
  name: string,
  about: string,
  code: string,
  does: FaultEffect,
  requests: readonly string[] = ENROLMENT,
  source = `${RESULTS} [L]`,
): Fault => ({
  name,
  family: 'protocol',
  about,
  help: AGAIN,
  base: 'wifi',
  bites: { requests },
  does,
  page: 'enrollment',
  code,
  recovery: TRY_AGAIN,
  ends: 'asBefore',
  source,
})

/** A SOAP fault as an enrolment server sends it ([MS-MDE2] 2.2.9). */
const faultBody = (subcode: string, errorType?: string): string =>
  [
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><s:Fault>',
    `<s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>s:${subcode}</s:Value></s:Subcode></s:Code>`,
    '<s:Reason><s:Text xml:lang="en-us">refused</s:Text></s:Reason>',
    ...(errorType === undefined
      ? []
      : [
          '<s:Detail><DeviceEnrollmentServiceError xmlns="http://schemas.microsoft.com/windows/pki/2009/01/enrollment">',
          `<ErrorType>${errorType}</ErrorType><Message>refused</Message></DeviceEnrollmentServiceError></s:Detail>`,
        ]),
    '</s:Fault></s:Body></s:Envelope>',
  ].join('')

const soapFault = (subcode: string, errorType?: string): FaultEffect => ({
  answer: { status: 500, body: faultBody(subcode, errorType) },
})

const REFUSED = `${RESULTS} [S]`

const SOAP_FAULTS: readonly Fault[] = [
  enrolment(
    'enrolment-refuses-credential',
    'The enrolment server does not believe who the person is.',
    CODE.enrollmentAuthentication,
    soapFault('Authentication'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-refuses-person',
    'The enrolment server does not let this person enrol.',
    CODE.enrollmentAuthorization,
    soapFault('Authorization'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-refuses-request',
    'The enrolment server can make no certificate of the request.',
    CODE.enrollmentCertificateRequest,
    soapFault('CertificateRequest'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-server-fails',
    'The enrolment server fails with a fault.',
    CODE.enrollmentServer,
    soapFault('EnrollmentServer'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-internal-fault',
    'The enrolment service has an internal fault.',
    CODE.enrollmentInternalService,
    soapFault('InternalServiceFault'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-refuses-security-header',
    'The enrolment server does not take the security header.',
    CODE.enrollmentInvalidSecurity,
    soapFault('InvalidSecurity'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-unknown-fault',
    'The enrolment server gives a fault that Windows does not know.',
    CODE.enrollmentUnknown,
    soapFault('Sunspots'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-too-many-devices',
    'The person has enrolled as many devices as they may.',
    CODE.deviceCapReached,
    soapFault('Authorization', 'DeviceCapReached'),
    ENROLMENT.slice(2),
    REFUSED,
  ),
  enrolment(
    'enrolment-offers-no-management',
    'The server offers no management for this device.',
    CODE.enrollmentNotSupported,
    soapFault('Authorization', 'NotSupported'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-not-eligible-to-renew',
    'The server does not accept the request as a renewal.',
    CODE.notEligibleToRenew,
    soapFault('Authorization', 'NotEligibleToRenew'),
    ENROLMENT.slice(2),
    REFUSED,
  ),
  enrolment(
    'enrolment-in-maintenance',
    'The enrolment service is in maintenance.',
    CODE.enrollmentInMaintenance,
    soapFault('EnrollmentServer', 'InMaintenance'),
    ENROLMENT,
    REFUSED,
  ),
  enrolment(
    'enrolment-refuses-terms',
    'The server does not accept the answer to its terms of use.',
    CODE.enrollmentDataInvalid,
    soapFault('Authorization', 'InvalidEnrollmentData'),
    ENROLMENT.slice(2),
    REFUSED,
  ),
  enrolment(
    'enrolment-own-words',
    'The server refuses with its own text.',
    CODE.enrollmentCustomServerError,
    soapFault('Authorization', 'CustomServerError'),
    ENROLMENT,
    REFUSED,
  ),
]

/** An answer with a provisioning document of these parts, in the base64 of the message. */
const provisioned = (document: string): FaultEffect => ({
  answer: {
    status: 200,
    body: [
      '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body>',
      '<RequestSecurityTokenResponseCollection xmlns="http://docs.oasis-open.org/ws-sx/ws-trust/200512">',
      '<RequestSecurityTokenResponse><TokenType>http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentToken</TokenType>',
      '<RequestedSecurityToken><BinarySecurityToken xmlns="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"',
      ' ValueType="http://schemas.microsoft.com/5.0.0.0/ConfigurationManager/Enrollment/DeviceEnrollmentProvisionDoc"',
      ' EncodingType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd#base64binary">',
      `${btoa(document)}</BinarySecurityToken></RequestedSecurityToken>`,
      '</RequestSecurityTokenResponse></RequestSecurityTokenResponseCollection></s:Body></s:Envelope>',
    ].join(''),
  },
})

const characteristic = (type: string, ...inner: string[]): string =>
  `<characteristic type="${type}">${inner.join('')}</characteristic>`
const parm = (name: string, value: string): string => `<parm name="${name}" value="${value}"/>`
const document = (...parts: string[]): string =>
  `<wap-provisioningdoc version="1.1">${parts.join('')}</wap-provisioningdoc>`

/** A certificate that is none: the parts behind it are read first. */
const CERTIFICATE = characteristic(
  'CertificateStore',
  characteristic('My', characteristic('User', characteristic('00', parm('EncodedCertificate', 'MAA=')))),
)
const ACCOUNT = [
  parm('APPID', 'w7'),
  parm('PROVIDER-ID', 'P'),
  parm('ADDR', 'https://enrollment.manage.microsoft.test'),
]

const fromDocument = (name: string, about: string, code: string, text: string): Fault =>
  enrolment(name, about, code, provisioned(text), ENROLMENT.slice(2))

const DOCUMENTS: readonly Fault[] = [
  fromDocument(
    'provisioning-without-certificate',
    'The provisioning document has no client certificate.',
    CODE.provisioningCertificateStore,
    document(),
  ),
  fromDocument(
    'provisioning-without-provider',
    'The management account of the provisioning document has no provider.',
    CODE.provisioningW7,
    document(CERTIFICATE, characteristic('APPLICATION', ACCOUNT[0]!)),
  ),
  fromDocument(
    'provisioning-with-bad-schedule',
    'The DMClient part of the provisioning document has a number that is none.',
    CODE.provisioningDmClient,
    document(
      CERTIFICATE,
      characteristic('APPLICATION', ...ACCOUNT),
      characteristic(
        'DMClient',
        characteristic('Provider', characteristic('P', characteristic('Poll', parm('NumberOfFirstRetries', 'many')))),
      ),
    ),
  ),
  fromDocument(
    'provisioning-is-another-document',
    'The answer of the enrolment holds another document.',
    CODE.provisioningUnknown,
    '<other/>',
  ),
]

/** A command that the device cannot carry out: the server gets a status, and the first boot continues. */
const command = (
  name: string,
  about: string,
  status: number,
  order: NonNullable<Extract<FaultEffect, { server: unknown }>['server']>,
): Fault => ({
  name,
  family: 'protocol',
  about,
  help: 'The policy is not applied, and the first boot continues. The administrator corrects the policy.',
  base: 'wifi',
  bites: { states: ['deviceSetup.apps'] },
  does: { server: order },
  page: 'enrollmentStatus',
  code: codeOfSyncmlStatus(status),
  in: 'log',
  recovery: { by: 'device' },
  ends: 'asBefore',
  source: 'mdm-protocols.md, 2.6 [L]',
})

const COMMANDS: readonly Fault[] = [
  command('policy-command-not-allowed', 'The server writes to a node that cannot be written.', 405, {
    command: 'Replace',
    uri: './DevDetail/SwV',
    format: 'chr',
    data: '11',
  }),
]

export const PROTOCOL_FAULTS: readonly Fault[] = [
  ...SOAP_FAULTS,
  ...DOCUMENTS,
  ...COMMANDS,
  enrolment(
    'enrolment-answer-cut',
    'The answer of the enrolment server arrives damaged.',
    CODE.enrollmentMessageFormat,
    { corrupt: true },
  ),
  enrolment('enrolment-answer-empty', 'The enrolment server answers with nothing.', CODE.enrollmentEmptyMessage, {
    answer: { status: 200 },
  }),
  enrolment(
    'enrolment-redirects',
    'The enrolment server redirects to another address.',
    CODE.enrollmentInsecureRedirect,
    {
      answer: { status: 302, headers: { location: 'http://enrollment.manage.microsoft.test/' } },
    },
  ),
  {
    name: 'join-answer-cut',
    family: 'protocol',
    about: 'The answer to the join arrives damaged.',
    help: AGAIN,
    base: 'wifi',
    bites: { requests: ['MS-DVRJ device join'] },
    does: { corrupt: true },
    page: 'deviceJoin',
    code: CODE.invalidData,
    recovery: TRY_AGAIN,
    ends: 'asBefore',
    source: 'mdm-protocols.md, 4.2 [U]',
  },
  {
    name: 'critical-updates-answer-cut',
    family: 'protocol',
    about: 'The answer of Windows Update to the search for critical updates arrives damaged.',
    help: 'The first boot continues without critical updates.',
    base: 'wifi',
    bites: {
      requests: ['MS-WUSP GetCookie', 'MS-WUSP SyncUpdates', 'MS-WUSP GetExtendedUpdateInfo'],
      on: ['criticalUpdates'],
    },
    does: { corrupt: true },
    page: 'criticalUpdates',
    code: CODE.updateServiceFault,
    in: 'log',
    recovery: { by: 'device' },
    ends: 'asBefore',
    source: 'oobe-autopilot-esp.md, 1.5 [D]',
  },
  {
    name: 'quality-updates-answer-cut',
    family: 'protocol',
    about: 'The answer of Windows Update to the search for quality updates arrives damaged.',
    help: 'The person skips the page; Windows installs the update later.',
    base: 'wifi',
    bites: {
      requests: ['MS-WUSP GetCookie', 'MS-WUSP SyncUpdates', 'MS-WUSP GetExtendedUpdateInfo'],
      on: ['qualityUpdates'],
    },
    does: { corrupt: true },
    page: 'qualityUpdates',
    code: CODE.updateServiceFault,
    recovery: { by: 'person', press: 'skip' },
    ends: 'asBefore',
    source: 'oobe-autopilot-esp.md, 4.8 [F]',
  },
]
