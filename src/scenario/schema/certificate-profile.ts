import * as v from 'valibot'
import { SUBJECT_VARIABLES } from '../../domain/subject-variables.ts'
import { text, whole } from './common.ts'

const hasKnownVariables = (name: string): boolean =>
  [...name.matchAll(/\{\{(.*?)\}\}/g)].every(([, variable]) => SUBJECT_VARIABLES.some((known) => known === variable))

/** What a PKCS profile does not have, and what it is where nothing is said of it. */
const OF_SCEP = { authority: undefined, retryCount: 3, retryDelayMinutes: 5 } as const

const written = v.strictObject({
  kind: v.exactOptional(
    v.pipe(
      v.picklist(['pkcs']),
      v.description('pkcs: the certificate connector of the school sends it as a PFX. Left out: SCEP.'),
    ),
  ),
  name: text,
  scope: v.optional(v.picklist(['device', 'user']), 'device'),
  subjectName: v.optional(
    v.pipe(
      text,
      v.regex(/^\s*[A-Za-z]+\s*=/, 'must be a distinguished name, for example CN={{DeviceName}}'),
      v.check(hasKnownVariables, `its variables are ${SUBJECT_VARIABLES.map((name) => `{{${name}}}`).join(', ')}`),
    ),
    'CN={{DeviceName}}',
  ),
  keyLength: v.optional(v.picklist([2048, 3072, 4096]), 2048),
  answer: v.optional(
    v.pipe(
      v.picklist(['issues', 'pending', 'refuses', 'wrongPassword']),
      v.description(
        'What the authority says of each request; pending: it never decides. wrongPassword: a PFX that its password does not open.',
      ),
    ),
    'issues',
  ),
  authority: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(/^[0-9A-F]{40}$/, 'must be a SHA-1 thumbprint: 40 upper-case hexadecimal digits'),
      v.description('The authority that the device is to find. Left out: the right one.'),
    ),
  ),
  retryCount: v.exactOptional(whole(0, 100)),
  retryDelayMinutes: v.exactOptional(whole(0, 1440)),
})

/** A SCEP or PKCS certificate profile. */
export const certificateProfile = v.pipe(
  written,
  v.rawCheck(({ dataset, addIssue }) => {
    if (dataset.issues !== undefined) return
    const { kind, answer } = dataset.value
    const at = (key: string) => [
      { type: 'object' as const, origin: 'value' as const, input: dataset.value, key, value: undefined },
    ]
    if (kind !== 'pkcs' && answer === 'wrongPassword') {
      addIssue({ message: 'wrongPassword goes with kind: pkcs', path: at('answer') as never })
    }
    for (const key of Object.keys(OF_SCEP) as (keyof typeof OF_SCEP)[]) {
      // The default of another profile: a recorded school has it in each.
      if (kind === 'pkcs' && (dataset.value[key] ?? OF_SCEP[key]) !== OF_SCEP[key]) {
        addIssue({ message: 'a PKCS certificate profile does not have it: it goes with SCEP', path: at(key) as never })
      }
    }
  }),
  v.transform(({ retryCount = OF_SCEP.retryCount, retryDelayMinutes = OF_SCEP.retryDelayMinutes, ...facts }) => ({
    ...facts,
    retryCount,
    retryDelayMinutes,
  })),
)
