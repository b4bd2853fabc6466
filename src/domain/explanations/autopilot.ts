import { LOOKUP_CODES, type LookupCode, lookupName, lookupReason } from '../autopilot.ts'
import { REGISTRATION_ERRORS } from '../registration-errors.ts'
import type { Explanation } from './explanation.ts'

const TAGS = { documented: 'D', 'one source': '1', 'no number known': 'U' } as const

export const REGISTRATION_EXPLANATIONS: readonly Explanation[] = Object.values(REGISTRATION_ERRORS).map(
  ({ name, code, tag, portalText, explanation }): Explanation => {
    const [why = '', ...help] = explanation.split(/(?<=\.) /)
    return {
      family: 'registration',
      code: name,
      also: code === null ? [] : [String(code)],
      causes: [{ why, source: `device-identity.md, 2.2 [${TAGS[tag]}]` }],
      pages: [],
      seen: `the import of devices in Intune${portalText ? `, which says "${portalText}"` : ''}; deviceErrorName of Graph`,
      help: help.join(' ') || 'Nothing.',
    }
  },
)

/** An answer of the lookup without a line does not compile. */
const LOOKUP_HELP: Readonly<Record<LookupCode, string>> = {
  '807': 'Register the device with its hardware hash, and restart it when the profile is assigned.',
  '809': 'Assign another profile, wait, and restart the device.',
  '815': 'Assign a profile to a group of the device; after a registration wait, and restart the device.',
  '908': 'Remove the device from Windows Autopilot, and register it again with a fresh hardware hash.',
}

export const LOOKUP_EXPLANATIONS: readonly Explanation[] = LOOKUP_CODES.map(
  (code): Explanation => ({
    family: 'lookup',
    code,
    also: [lookupName(code)],
    causes: [
      { why: `The device gets no Autopilot profile: ${lookupReason(code)}.`, source: 'oobe-autopilot-esp.md, 3.4 [D]' },
    ],
    pages: ['autopilotProfile'],
    seen: 'the event log of Autopilot, as the id of an event',
    help: LOOKUP_HELP[code],
  }),
)
