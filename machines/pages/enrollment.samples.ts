import type { Trouble } from '../../src/domain/trouble.ts'
import { CODE } from '../../src/domain/windows-codes.ts'
import { press, type Samples } from '../samples.ts'
import type { EnrollmentInput, enrollmentMachine } from './enrollment.ts'

const trouble: Trouble = {
  code: CODE.enrollmentUserLicense,
  text: 'the user has no licence',
  url: 'https://enrol.hillview.test/',
}
const refused = { kind: 'refused' as const, trouble }
const byUser: EnrollmentInput = { isEnrolled: false, enrollsAs: 'user', isPersonal: false }

export const enrollmentSamples: Samples<typeof enrollmentMachine> = {
  inputs: {
    byUser,
    byTechnician: { ...byUser, enrollsAs: 'device', endsAtFailure: true },
    enrolled: { ...byUser, isEnrolled: true },
    personal: { ...byUser, isPersonal: true },
  },
  events: [press('user.tryAgain'), press('user.startOver')],
  done: {
    discover: [{ kind: 'done', services: {} }, refused, { kind: 'notInScope' }],
    getPolicies: [{ kind: 'done', key: {}, waitMs: 0 }, { kind: 'done', key: {}, waitMs: 60_000 }, refused],
    requestSecurityToken: [{ kind: 'done', document: {} }, refused],
    applyProvisioning: [{ kind: 'done' }, refused],
  },
}
