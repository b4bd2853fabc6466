import * as v from 'valibot'
import { SUBJECT_VARIABLES } from '../../domain/subject-variables.ts'
import { text, whole } from './common.ts'

const hasKnownVariables = (name: string): boolean =>
  [...name.matchAll(/\{\{(.*?)\}\}/g)].every(([, variable]) => SUBJECT_VARIABLES.some((known) => known === variable))

/** A SCEP certificate profile. */
export const certificateProfile = v.strictObject({
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
      v.picklist(['issues', 'pending', 'refuses']),
      v.description('What the authority says of each request; pending: it never decides.'),
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
  retryCount: v.optional(whole(0, 100), 3),
  retryDelayMinutes: v.optional(whole(0, 1440), 5),
})
