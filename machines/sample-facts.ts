import { type Account, type AutopilotProfile, OOBE_CONFIG } from '../src/domain/autopilot.ts'
import type { Kiosk } from '../src/domain/kiosk.ts'
import { Secret } from '../src/domain/secret.ts'
import type { Trouble } from '../src/domain/trouble.ts'
import { CODE } from '../src/domain/windows-codes.ts'
import type { Update } from './pages/update-scan.ts'

/** What the samples of several statecharts say, of a school that is not there. */

export const PROFILE: AutopilotProfile = {
  tenantId: '6f1c0c0e-0000-4000-8000-000000000001',
  tenantDomain: 'hillview.test',
  tenantUpn: '',
  oobeConfig: OOBE_CONFIG.skipEula | OOBE_CONFIG.userNotLocalAdmin,
  deviceName: 'HV-%SERIAL%',
  language: 'en-US',
  region: 'US',
  forcedEnrollment: true,
  deploymentProfileName: 'Students',
  ztdRegistrationId: 'a0000000-0000-4000-8000-000000000001',
  isExplicit: true,
}

export const SELF_DEPLOYING_PROFILE: AutopilotProfile = {
  ...PROFILE,
  oobeConfig: OOBE_CONFIG.tpmAttestation | OOBE_CONFIG.deviceAuthentication,
  deploymentProfileName: 'Carts',
}

export const HYBRID_PROFILE: AutopilotProfile = { ...PROFILE, deviceName: '', isHybrid: true }
/** Of a device that is associated with its tenant. */
export const ASSOCIATION: AutopilotProfile = { ...PROFILE, deploymentProfileName: '', isAssociation: true }

/** The profile of a device that is not registered. */
export const FILE_PROFILE: AutopilotProfile = {
  ...PROFILE,
  deploymentProfileName: '',
  ztdRegistrationId: '',
  ztdCorrelationId: 'c0000000-0000-4000-8000-000000000001',
  isExplicit: false,
}

export const ACCOUNT: Account = {
  upn: 'alex@hillview.test',
  displayName: 'Alex Rivera',
  tenantId: PROFILE.tenantId,
  kind: 'workOrSchool',
}

/** A person of another school. */
export const OTHER_ACCOUNT: Account = {
  upn: 'sam@lakeside.test',
  displayName: 'Sam Ruiz',
  tenantId: '6f1c0c0e-0000-4000-8000-000000000002',
  kind: 'workOrSchool',
}

export const KIOSK: Kiosk = { shows: 'Contoso.LibraryCatalogue_1x2y3z!App' }

export const PASSWORD = new Secret('correct horse')

export const TROUBLE: Trouble = { code: CODE.joinNotAuthorized, text: 'the device limit is reached' }

export const UPDATE: Update = { id: 'security-update', title: 'Security update', needsRestart: true, offer: {} }

/** Why a page was not shown, for the statechart that ran it. */
export const SKIPPED = { kind: 'doesNotApply' as const, why: [{ fact: 'it was done before', effect: 'page skipped' }] }

/** A page that shows its failure elsewhere. */
export const GAVE_UP = { kind: 'gaveUp' as const, trouble: TROUBLE }
