import { because, type WindowsCode } from './windows-code.ts'

/** A code that people report of first boots, and that the product does not give; with what to do. */
export interface FurtherCode extends WindowsCode {
  help: string
}

const further = (code: string, why: string, help: string, source: string): FurtherCode => ({
  ...because(code, why, source),
  help,
})

const TABLE = 'oobe-autopilot-esp.md, 4.9'
const JOIN = 'mdm-protocols.md, 4.2'
const TPM = 'device-identity.md, 3.10'

export const FURTHER_CODES: readonly FurtherCode[] = [
  further(
    'OOBEAADV10',
    'The page of the MDM terms of use cannot be loaded.',
    'Let portal.manage.microsoft.com through the proxy and the firewall.',
    `${TABLE} [F]`,
  ),
  further(
    'TenantMatched=0',
    'The account is of another tenant than the profile: the event of a tenant lock.',
    'Sign in with an account of the tenant that the device is for.',
    'oobe-autopilot-esp.md, 1.6 [D]',
  ),
  further(
    '0x801c000b',
    'The server redirects to one that the device does not trust.',
    'Look at what answers in the place of the registration service.',
    `${JOIN} [L]`,
  ),
  further(
    '0x801c000f',
    'A restart is needed before the device can be registered.',
    'Restart the device.',
    `${JOIN} [L]`,
  ),
  further(
    '0x801c0010',
    'The certificate of the attestation key is not accepted.',
    'Update the firmware of the TPM.',
    `${JOIN} [L]`,
  ),
  further(
    '0x801c001d',
    'The configuration of the domain cannot be read.',
    'Look at the service connection point of the domain: only a hybrid join asks for it.',
    JOIN,
  ),
  further(
    '0x801c001f',
    'The discovery of the registration service took too long.',
    'Try again. If it stays, look at the firewall.',
    JOIN,
  ),
  further(
    '0x801c003d',
    'The realm of the person cannot be found.',
    'Look at the domain of the account, and let login.microsoftonline.com through.',
    JOIN,
  ),
  further(
    '0x8018002b',
    'The user name is not routable, or the MDM user scope is None.',
    'Give the person a name in a verified domain, and set the MDM user scope.',
    `${TABLE} [S]`,
  ),
  further(
    '0x8007064c',
    'The machine is enrolled already: often a cloned image.',
    'Remove the old certificate of management, and make the image without an enrolment.',
    `${TABLE} [S]`,
  ),
  further(
    '0x81039023',
    'Attestation failed by a fault of Windows 11.',
    'Install Windows with the update KB5013943 or later.',
    `${TABLE} [D]`,
  ),
  further(
    '0xc1036501',
    'There are several MDM configurations, and Windows cannot choose.',
    'Leave one MDM server for this person in Microsoft Entra.',
    `${TABLE} [D]`,
  ),
  further(
    '0x81036501',
    'The information about the MDM server is not found.',
    'Leave one MDM server for this person in Microsoft Entra.',
    `${TABLE} [F]`,
  ),
  further(
    '0x81036502',
    'An app of the status page failed; one source says that the profile is missing.',
    'Look at the app that failed.',
    `${TABLE} [F]`,
  ),
  further(
    '0x80073cff',
    'The MSIX package may not be installed on this device.',
    'Look at the AppX log of the device: a licence or a policy.',
    `${TABLE} [F]`,
  ),
  further(
    '0x80073d02',
    'The MSIX package is in use, and cannot be replaced.',
    'Try again after a restart.',
    `${TABLE} [F]`,
  ),
  further(
    '0x800700b7',
    'Something exists already; no source tells more of a first boot.',
    'Treat it as a fault of the app or policy that was under way.',
    `${TABLE} [U]`,
  ),
  further(
    '0x80280009',
    'The TPM failed; one table has it for virtual machines without a TPM.',
    'Take a real device with TPM 2.0.',
    `${TPM} [1]`,
  ),
  further(
    '0x80090009',
    'A key was asked for with flags that its provider does not take.',
    'Update the firmware of the TPM.',
    `${TPM} [K]`,
  ),
]
