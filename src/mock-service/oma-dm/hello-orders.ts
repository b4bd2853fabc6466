import type { CharacterUse, HelloDefinition } from '../../domain/hello.ts'
import type { NodeOrder } from './orders.ts'

/** 0 allowed, 1 required, 2 not allowed. */
const USES: Record<CharacterUse, string> = { allowed: '0', required: '1', disallowed: '2' }

/**
 * What a device gets of the tenant-wide setting of Windows Hello for Business, when it enrols: nothing where it is not configured. It is
 * none of the policies that the status page waits for: Intune lists one entry of its own there (oobe-autopilot-esp.md, 4.5 [D]).
 */
export function helloOrders(tenantId: string, setting: HelloDefinition): NodeOrder[] {
  if (setting.state === 'notConfigured') return []
  const put = (name: string, format: string, data: string): NodeOrder => ({
    kind: 'Replace',
    uri: `./Device/Vendor/MSFT/PassportForWork/${tenantId}/Policies/${name}`,
    format,
    data,
  })
  if (setting.state === 'disabled') return [put('UsePassportForWork', 'bool', 'false')]
  return [
    put('UsePassportForWork', 'bool', 'true'),
    put('RequireSecurityDevice', 'bool', String(setting.securityDeviceRequired)),
    put('PINComplexity/MinimumPINLength', 'int', String(setting.pinMinimumLength)),
    put('PINComplexity/MaximumPINLength', 'int', String(setting.pinMaximumLength)),
    put('PINComplexity/UppercaseLetters', 'int', USES[setting.pinUppercaseCharactersUsage]),
    put('PINComplexity/LowercaseLetters', 'int', USES[setting.pinLowercaseCharactersUsage]),
    put('PINComplexity/SpecialCharacters', 'int', USES[setting.pinSpecialCharactersUsage]),
  ]
}
