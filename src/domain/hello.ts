/** What a policy says of a kind of character in a PIN. */
export type CharacterUse = 'allowed' | 'required' | 'disallowed'

/**
 * The tenant-wide setting of Windows Hello for Business, by the names of Graph's
 * `deviceEnrollmentWindowsHelloForBusinessConfiguration`. `notConfigured` writes nothing to a device, and Windows then launches it on
 * a device that has joined Microsoft Entra (oobe-autopilot-esp.md, 1.7 [M]).
 */
export interface HelloDefinition {
  state: 'notConfigured' | 'enabled' | 'disabled'
  /** Only a device with a TPM gets it. */
  securityDeviceRequired: boolean
  pinMinimumLength: number
  pinMaximumLength: number
  pinUppercaseCharactersUsage: CharacterUse
  pinLowercaseCharactersUsage: CharacterUse
  pinSpecialCharactersUsage: CharacterUse
}

/** What Intune has before anything of it is changed. */
export const HELLO_DEFAULTS: HelloDefinition = {
  state: 'notConfigured',
  securityDeviceRequired: false,
  pinMinimumLength: 6,
  pinMaximumLength: 127,
  pinUppercaseCharactersUsage: 'disallowed',
  pinLowercaseCharactersUsage: 'disallowed',
  pinSpecialCharactersUsage: 'disallowed',
}

/** `PassportForWork/{tenant}/Policies/PINComplexity`, as the device reads it. */
export interface PinRules {
  minimumLength: number
  maximumLength: number
  uppercase: CharacterUse
  lowercase: CharacterUse
  special: CharacterUse
  digits: CharacterUse
}

/** Of a device that no policy says more to: a PIN of six digits or more, and nothing but digits (PassportForWork CSP [L]). */
export const PIN_DEFAULTS: PinRules = {
  minimumLength: 6,
  maximumLength: 127,
  uppercase: 'disallowed',
  lowercase: 'disallowed',
  special: 'disallowed',
  digits: 'required',
}

export type PinFault =
  | 'differs'
  | 'tooShort'
  | 'tooLong'
  | 'tooSimple'
  | `${'needs' | 'forbids'}${'Digits' | 'Uppercase' | 'Lowercase' | 'Special'}`

const KINDS = [
  ['digits', /\d/, 'needsDigits', 'forbidsDigits'],
  ['uppercase', /[A-Z]/, 'needsUppercase', 'forbidsUppercase'],
  ['lowercase', /[a-z]/, 'needsLowercase', 'forbidsLowercase'],
  ['special', /[^0-9A-Za-z]/, 'needsSpecial', 'forbidsSpecial'],
] as const

/** What is wrong with a new PIN; undefined when nothing is. */
export function pinFault(pin: string, confirmation: string, rules: PinRules): PinFault | undefined {
  if (pin !== confirmation) return 'differs'
  if (pin.length < rules.minimumLength) return 'tooShort'
  if (pin.length > rules.maximumLength) return 'tooLong'
  for (const [kind, pattern, needs, forbids] of KINDS) {
    const has = pattern.test(pin)
    if (rules[kind] === 'required' && !has) return needs
    if (rules[kind] === 'disallowed' && has) return forbids
  }
  return isSimple(pin) ? 'tooSimple' : undefined
}

/**
 * The same step from each digit to the next, such as 111111, 123456 or 159371: Windows takes no such PIN, whatever the policy says. It
 * looks at digits alone (Microsoft Learn, common questions about Windows Hello for Business [L]).
 */
function isSimple(pin: string): boolean {
  if (!/^\d{2,}$/.test(pin)) return false
  const digits = [...pin].map(Number)
  const steps = digits.slice(1).map((digit, index) => (digit - digits[index]! + 10) % 10)
  return steps.every((step) => step === steps[0])
}
