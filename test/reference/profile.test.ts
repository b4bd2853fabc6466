import { expect } from 'vitest'
import { hasBit, OOBE_CONFIG, type OobeConfigBit } from '../../src/domain/autopilot.ts'
import { knownProfile, OOBE_BIT_NAMES, OOBE_EFFECTS } from '../../src/domain/explanations/oobe-config.ts'
import { oobeConfigOf, profileJsonOf } from '../../src/mock-service/autopilot/lookup.ts'
import type { DeploymentProfile } from '../../src/mock-service/directory/state.ts'
import { prove, proveTable } from './prove.ts'

const PROFILE: DeploymentProfile = {
  ...{ id: 'p', name: 'Classroom laptops', description: '', mode: 'userDriven', userType: 'standard' },
  ...{ privacySettingsHidden: true, licenseTermsHidden: true, keyboardSelectionPageSkipped: false },
  ...{ escapeLinkHidden: true, language: '', region: '', deviceNameTemplate: 'CLS-%SERIAL%' },
} as unknown as DeploymentProfile

const jsonOf = (profile: DeploymentProfile) =>
  profileJsonOf({ definition: { tenantId: 't', domain: 'contoso.example' } } as never, profile, {
    assignedUser: 'alice@contoso.example',
    registrationId: 'r',
    isExplicit: true,
  })

/** One member is there in a hybrid join alone. */
const JSON_OF = { ...jsonOf({ ...PROFILE, mode: 'hybrid' }), ...jsonOf(PROFILE) }

/** How the notes call a type, and what a value of it is. */
const TYPES: readonly [type: RegExp, isIt: (value: unknown) => boolean][] = [
  [/^0\/1/, (value) => value === 0 || value === 1],
  [/^bool/, (value) => typeof value === 'boolean'],
  [/^number/, (value) => typeof value === 'number'],
  [/JSON in a string/, (value) => typeof JSON.parse(value as string) === 'object'],
  [/string/, (value) => typeof value === 'string'],
]

proveTable(
  '3.1',
  'the profile that the look-up answers with has it, in this type',
  ({ cells: [field, type] }) => {
    const [first] = /\w+/.exec(field!)!
    const [, isIt] = TYPES.find(([pattern]) => pattern.test(type!))!
    expect(Object.keys(JSON_OF)).toContain(first)
    expect([first, JSON_OF[first!], isIt(JSON_OF[first!])]).toEqual([first, JSON_OF[first!], true])
  },
  ['3.1/ztdcorrelationid', '3.1/policydownloaddate'],
)

const BITS = Object.entries(OOBE_CONFIG) as [OobeConfigBit, number][]

prove(
  ['3.2/1', '3.2/2', '3.2/4', '3.2/8', '3.2/16', '3.2/32', '3.2/64', '3.2/128', '3.2/256', '3.2/512', '3.2/1024'],
  'the bit has this value and this name',
  ({ cells: [value, name] }) => {
    const bit = BITS.find(([, one]) => one === Number(value))
    expect(OOBE_BIT_NAMES[bit![0]]).toBe(name!.replace(/ \(.*\)$/, ''))
  },
)

const configOf = (change: Partial<DeploymentProfile>): number => oobeConfigOf({ ...PROFILE, ...change })
const VALUES: Readonly<Record<string, number>> = {
  '3.2/user-driven-administrator-nothing-hidden-export': configOf({
    userType: 'administrator',
    privacySettingsHidden: false,
    licenseTermsHidden: false,
  }),
  '3.2/user-driven-standard-eula-privacy-hidden': configOf({}),
  '3.2/same-keyboard-skipped': configOf({ keyboardSelectionPageSkipped: true }),
  '3.2/self-deploying-of-the-286-set': configOf({ mode: 'selfDeploying' }),
  '3.2/self-deploying-of-the-1310-set': configOf({ mode: 'selfDeploying', keyboardSelectionPageSkipped: true }),
}

prove(
  [
    ...['3.2/user-driven-administrator-nothing-hidden-export', '3.2/user-driven-standard-eula-privacy-hidden'],
    ...['3.2/same-keyboard-skipped', '3.2/self-deploying-of-the-286-set', '3.2/self-deploying-of-the-1310-set'],
  ],
  'the profile has this value, and it is explained',
  ({ id, cells: [, value] }) => {
    expect(VALUES[id]).toBe(Number.parseInt(value!, 10))
    expect(knownProfile(VALUES[id]!)).toBeDefined()
  },
)

prove(['3.2/microsoft-sample-privacy-oem-eula'], 'the value is explained, bit by bit', ({ cells: [, value] }) => {
  const bits = OOBE_CONFIG.skipExpressSettings + OOBE_CONFIG.skipOemRegistration + OOBE_CONFIG.skipEula
  expect([Number(value), knownProfile(bits)]).toEqual([bits, "Microsoft's sample of a profile"])
})

/** Rows that a bit of the profile decides. */
const HIDES: Readonly<Record<string, OobeConfigBit>> = {
  '1.9/licence-terms': 'skipEula',
  '1.9/privacy': 'skipExpressSettings',
  '1.9/oem-registration': 'skipOemRegistration',
  '1.9/cortana-opt-in': 'skipCortanaOptIn',
  '1.9/upgrade-prompt': 'skipUpgradeUx',
  '1.9/keyboard': 'skipKeyboard',
  '1.9/local-admin': 'userNotLocalAdmin',
}

prove(
  [
    ...['1.9/licence-terms', '1.9/privacy', '1.9/oem-registration', '1.9/cortana-opt-in', '1.9/upgrade-prompt'],
    ...['1.9/keyboard', '1.9/local-admin'],
  ],
  'this bit hides it, and "oobe profile explain" says so',
  ({ id, cells }) => {
    const bit = HIDES[id]!
    expect(cells[3]).toBe(String(OOBE_CONFIG[bit]))
    expect(hasBit({ oobeConfig: OOBE_CONFIG[bit] }, bit)).toBe(true)
    expect(OOBE_EFFECTS[bit]).not.toBe('')
  },
)
