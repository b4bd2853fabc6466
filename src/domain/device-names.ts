/** What a computer's name can have: the limit of NetBIOS (reference: oobe-autopilot-esp.md, 3.3 [D]). */
export const DEVICE_NAME_MAX = 15

/** Anything between two per cent signs is meant as a macro. */
const MACRO = /%[^%]*%/g
const SERIAL = '%SERIAL%'
const RAND = /^%RAND:([1-9]\d?)%$/

const KNOWN_MACROS = `it knows ${SERIAL} and %RAND:x%, in capitals, with x from 1 to ${DEVICE_NAME_MAX}`

/**
 * Why the service refuses a template of device names; undefined when it takes it. None at all, an empty text, is fine.
 *
 * Letters, digits and hyphens, at most 15 of them, no spaces, not digits alone; `%SERIAL%` in capitals, or `%RAND:x%` for
 * x random digits (reference: oobe-autopilot-esp.md, 3.3 [D]). A serial number is cut until the name fits, so it takes no
 * room of its own. "Either the serial number or a randomly generated number" (Graph's page of deviceNameTemplate [D]):
 * that it is one macro at most is read from this sentence, and so is that digits beside random digits are digits alone [A].
 */
export function whatIsWrongWithNameTemplate(template: string): string | undefined {
  if (template === '') return undefined
  const macros = template.match(MACRO) ?? []
  if (macros.length < 2 || unknownMacro(macros) !== undefined) return whatIsWrongWithComputerName(template)
  const literal = template.replace(MACRO, '')
  return wrongCharacter(literal) ?? `has ${macros.length} macros: it may have one, ${SERIAL} or %RAND:x%`
}

/**
 * Why the Accounts CSP refuses a name for the device, with macros or without; undefined when it takes it. The same rule, and any number
 * of macros: "%RAND:x% and %SERIAL%" (Accounts CSP [D]).
 */
export function whatIsWrongWithComputerName(template: string): string | undefined {
  const macros: readonly string[] = template.match(MACRO) ?? []
  const unknown = unknownMacro(macros)
  if (unknown !== undefined) return `has the unknown macro "${unknown}": ${KNOWN_MACROS}`
  if (macros.length === 0) return whatIsWrongWithTypedName(template)
  const digits = macros.reduce<number>((sum, macro) => sum + Number(RAND.exec(macro)?.[1] ?? 0), 0)
  return whatIsWrongWithMadeName(template.replace(MACRO, ''), { hasSerial: macros.includes(SERIAL), digits })
}

const unknownMacro = (macros: readonly string[]): string | undefined =>
  macros.find((macro) => macro !== SERIAL && !RAND.test(macro))

/** A template without a macro makes one name. */
const whatIsWrongWithTypedName = (name: string): string | undefined =>
  name === '' ? 'is empty' : whatIsWrongWithMadeName(name, { hasSerial: false, digits: 0 })

/** Why these characters, with the values of the macros, make no name; undefined when they do. @param made.digits random ones */
export function whatIsWrongWithMadeName(
  literal: string,
  made: { hasSerial: boolean; digits: number },
): string | undefined {
  const wrong = wrongCharacter(literal)
  if (wrong !== undefined) return wrong
  const length = literal.length + made.digits
  if (length > DEVICE_NAME_MAX) return `makes names of ${tooLong(length)}`
  const isOfDigits = !made.hasSerial && isDigits(literal + '0'.repeat(made.digits))
  return isOfDigits ? 'makes names of digits alone' : undefined
}

/**
 * Why a name cannot be that of a device; undefined when it can. The same rule without macros (reference:
 * oobe-autopilot-esp.md, 3.3 [D]).
 */
export function whatIsWrongWithDeviceName(name: string): string | undefined {
  if (name === '') return 'is empty'
  const wrong = wrongCharacter(name)
  if (wrong !== undefined) return wrong
  if (name.length > DEVICE_NAME_MAX) return `has ${tooLong(name.length)}`
  return isDigits(name) ? 'has digits alone' : undefined
}

/** A template with its macros replaced. @param serial what fits into so much room @param digits so many random digits */
export const withMacros = (template: string, serial: (room: number) => string, digits: (count: number) => string) => {
  const random = template.replace(/%RAND:(\d+)%/g, (_, count: string) => digits(Number(count)))
  if (!random.includes(SERIAL)) return random
  return random.replace(SERIAL, () => serial(DEVICE_NAME_MAX - random.replace(SERIAL, '').length))
}

function wrongCharacter(text: string): string | undefined {
  const [character] = text.match(/[^A-Za-z0-9-]/u) ?? []
  return character === undefined
    ? undefined
    : `may not hold "${character}": a device name has letters from A to Z, digits and hyphens`
}

const tooLong = (length: number): string => `${length} characters: ${DEVICE_NAME_MAX} are possible`
const isDigits = (text: string): boolean => /^\d+$/.test(text)
