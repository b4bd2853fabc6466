import type { DeviceDefinition } from '../domain/device.ts'
import { type CharacterUse, PIN_DEFAULTS, type PinRules } from '../domain/hello.ts'
import type { Why } from '../domain/screen.ts'
import type { CspTree } from './csp/csp-tree.ts'
import { isSharedPc } from './shared-pc.ts'

/** What the policies of PassportForWork and the hardware say of Windows Hello for Business. */
export interface HelloPolicy {
  /** Whether Windows launches it after the sign-in. */
  launches: boolean
  /** A policy turns it off, or the hardware is not what a policy asks for. */
  refusedBy?: 'policy' | 'hardware'
  rules: PinRules
  why: Why[]
}

const USES: readonly CharacterUse[] = ['allowed', 'required', 'disallowed']

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1'

/**
 * Reads the policies of a tenant. Those of the user come first (PassportForWork CSP); what no policy says is the default of Windows,
 * which launches Windows Hello on a device that has joined (oobe-autopilot-esp.md, 1.7 [M]). Without `RequireSecurityDevice` a device
 * with no TPM keeps the key in software.
 */
export function helloPolicyOf(
  { csp, definition }: { csp: Pick<CspTree, 'readPut'>; definition: Pick<DeviceDefinition, 'tpm'> },
  tenantId: string,
): HelloPolicy {
  const nodeOf = (scope: string, name: string) =>
    `./${scope}/Vendor/MSFT/PassportForWork/${encodeURIComponent(tenantId)}/Policies/${name}`
  const read = (name: string) => csp.readPut(nodeOf('User', name)) ?? csp.readPut(nodeOf('Device', name))
  const length = (name: string, usual: number) => Number(read(`PINComplexity/${name}`) ?? usual)
  const use = (name: string, usual: CharacterUse) => USES[Number(read(`PINComplexity/${name}`))] ?? usual
  const rules: PinRules = {
    minimumLength: length('MinimumPINLength', PIN_DEFAULTS.minimumLength),
    maximumLength: length('MaximumPINLength', PIN_DEFAULTS.maximumLength),
    uppercase: use('UppercaseLetters', PIN_DEFAULTS.uppercase),
    lowercase: use('LowercaseLetters', PIN_DEFAULTS.lowercase),
    special: use('SpecialCharacters', PIN_DEFAULTS.special),
    digits: use('Digits', PIN_DEFAULTS.digits),
  }
  const refused = (refusedBy: 'policy' | 'hardware', fact: string): HelloPolicy => ({
    launches: false,
    refusedBy,
    rules,
    why: [{ fact, effect: 'Windows Hello skipped' }],
  })
  if (isSharedPc(csp)) return refused('policy', 'SharedPC/EnableSharedPCMode is true')
  const asked = read('UsePassportForWork')
  if (asked !== undefined && !isTrue(asked)) return refused('policy', 'PassportForWork/UsePassportForWork is false')
  if (isTrue(read('DisablePostLogonProvisioning'))) {
    return refused('policy', 'PassportForWork/DisablePostLogonProvisioning is true')
  }
  const { tpm } = definition
  if (isTrue(read('RequireSecurityDevice'))) {
    if (!tpm) return refused('hardware', 'PassportForWork/RequireSecurityDevice is true, and the device has no TPM')
    if (tpm.version === '1.2' && isTrue(read('ExcludeSecurityDevices/TPM12'))) {
      return refused('hardware', 'PassportForWork/ExcludeSecurityDevices/TPM12 is true, and the TPM is one of 1.2')
    }
  }
  const fact =
    asked === undefined
      ? 'the device has joined an organization, and no policy turns Windows Hello for Business off'
      : 'PassportForWork/UsePassportForWork is true'
  return { launches: true, rules, why: [{ fact, effect: 'Windows Hello is set up' }] }
}
