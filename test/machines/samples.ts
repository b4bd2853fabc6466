import type { Account, AutopilotProfile } from '../../src/domain/autopilot.ts'
import { OOBE_CONFIG } from '../../src/domain/autopilot.ts'
import type { EspCategoryId, EspPolicy, EspProgress, EspStep, EspStepId } from '../../src/domain/esp.ts'
import type { Trouble } from '../../src/domain/trouble.ts'

/** Each sample is an ordinary case; a test states only what differs from it. */

export const aProfile = (over: Partial<AutopilotProfile> = {}): AutopilotProfile => ({
  tenantId: '6f1c0c0e-0000-4000-8000-000000000001',
  tenantDomain: 'hillview.test',
  tenantUpn: '',
  oobeConfig: OOBE_CONFIG.skipEula | OOBE_CONFIG.userNotLocalAdmin,
  deviceName: '',
  language: '',
  region: '',
  forcedEnrollment: true,
  deploymentProfileName: 'Students',
  ztdRegistrationId: 'a0000000-0000-4000-8000-000000000001',
  isExplicit: true,
  ...over,
})

export const SELF_DEPLOYING = OOBE_CONFIG.tpmAttestation | OOBE_CONFIG.deviceAuthentication

export const anAccount = (over: Partial<Account> = {}): Account => ({
  upn: 'alex@hillview.test',
  displayName: 'Alex Rivera',
  tenantId: aProfile().tenantId,
  kind: 'workOrSchool',
  ...over,
})

export const aTrouble = (over: Partial<Trouble> = {}): Trouble => ({
  code: '0x801c0003',
  text: 'the device limit is reached',
  ...over,
})

const STEPS = ['securityPolicies', 'certificates', 'networkConnections', 'apps'] as const

/** A category that is at this step: the ones before are done. */
export const progressAt = (id: EspCategoryId, at: EspStepId, over: Partial<EspProgress> = {}): EspProgress => ({
  id,
  state: 'inProgress',
  status: { says: 'working' },
  steps: STEPS.map((id): EspStep => {
    const state = STEPS.indexOf(id) < (STEPS as readonly EspStepId[]).indexOf(at) ? 'succeeded' : 'inProgress'
    return { id, state, status: { says: 'working' } }
  }),
  ...over,
})

export const aProgress = (id: EspCategoryId, over: Partial<EspProgress> = {}): EspProgress => ({
  ...progressAt(id, 'securityPolicies'),
  ...over,
})

export const aPolicy = (over: Partial<EspPolicy> = {}): EspPolicy => ({
  skipped: false,
  timeoutMs: 3_600_000,
  mayLeave: false,
  canReset: true,
  canRetry: true,
  canContinue: true,
  canCollectLogs: true,
  customErrorText: '',
  ...over,
})
