import { ALL, below, type Csp, node, READ, SET, withoutEffect } from '../node-rule.ts'

const PATH = 'ClientCertificateInstall'
const SOURCE = 'ClientCertificateInstall CSP'

const text = node('chr', ALL)
const number = node('int', ALL)

/**
 * Certificates with their keys. Those of SCEP are asked of their authority; a PFX has its key with it, and is opened by its password
 * (reference: mdm-protocols.md, 3.7).
 */
export const clientCertificates: Csp = {
  name: 'ClientCertificateInstall',
  version: '1.1',
  rules: [
    ...below(PATH, 'both', SOURCE, {
      '': node('node', READ),
      PFXCertInstall: node('node', READ),
      SCEP: node('node', READ),
    }),
    ...below(`${PATH}/PFXCertInstall/{}`, 'both', SOURCE, {
      '': node('node', ALL),
      // The DDF says bin; that text in base64 is taken too is assumed. Setting it installs the certificate.
      PFXCertBlob: node('any', SET, { isSecret: true }),
      PFXCertPassword: node('chr', SET, { isSecret: true }),
      // 0 as it is, 1 encrypted for the certificate of management, 2 for another one.
      PFXCertPasswordEncryptionType: node('int', SET, { default: '0', range: [0, 2] }),
      Thumbprint: node('chr', READ),
      // What GetLastError says after the import: 0 is a success.
      Status: node('int', READ),
      ...withoutEffect({
        // 1 TPM, 2 TPM or else software, 3 software, 4 Windows Hello.
        KeyLocation: node('int', SET, { range: [1, 4] }),
        ContainerName: node('chr', SET),
        PFXCertPasswordEncryptionStore: node('chr', SET),
        PFXKeyExportable: node('bool', SET, { default: 'true' }),
      }),
    }),
    ...below(`${PATH}/SCEP/{}`, 'both', SOURCE, {
      '': node('node', ALL),
      Install: node('node', ALL),
      'Install/ServerURL': text,
      'Install/Challenge': node('chr', ALL, { isSecret: true }),
      'Install/EKUMapping': text,
      'Install/KeyUsage': number,
      'Install/SubjectName': text,
      'Install/RetryDelay': node('int', ALL, { default: '5' }),
      'Install/RetryCount': node('int', ALL, { default: '3' }),
      'Install/KeyLength': number,
      'Install/HashAlgorithm': text,
      'Install/CAThumbprint': text,
      'Install/Enroll': node('null', ['Exec'], { exec: 'enrolCertificate' }),
      CertThumbprint: node('chr', READ),
      // 1 done, 2 pending, 16 an action failed, 32 unknown.
      Status: node('int', READ, { default: '32' }),
      ErrorCode: node('int', READ),
      RespondentServerUrl: node('chr', READ),
      // Kept, and no part of the request.
      ...withoutEffect({
        'Install/TemplateName': text,
        'Install/SubjectAlternativeNames': text,
        'Install/ValidPeriod': node('chr', ALL, { default: 'Days' }),
        'Install/ValidPeriodUnits': node('int', ALL, { default: '0' }),
        'Install/KeyProtection': node('int', ALL, { default: '3', range: [1, 4] }),
        'Install/ContainerName': text,
        'Install/CustomTextToShowInPrompt': text,
        'Install/AADKeyIdentifierList': text,
      }),
    }),
  ],
}
