import type { CspTree } from './csp/csp-tree.ts'

/** Whom the sign-in screen of a shared PC lets in (SharedPC CSP, AccountModel). */
export interface SharedPc {
  hasGuest: boolean
  hasOrganization: boolean
}

const NODE = './Device/Vendor/MSFT/SharedPC'
const MODES = ['EnableSharedPCMode', 'EnableSharedPCModeWithOneDriveSync']

/** Shared PC mode is on: it turns Windows Hello for Business off, too (Microsoft: Shared PC technical reference [D]). */
export const isSharedPc = (csp: Pick<CspTree, 'readPut'>): boolean =>
  MODES.some((mode) => ['true', '1'].includes(csp.readPut(`${NODE}/${mode}`) ?? ''))

/** AccountModel: 0 guests alone, which is its default, 1 accounts of the organization alone, 2 both [D]. */
export function sharedPcOf(csp: Pick<CspTree, 'readPut'>): SharedPc {
  if (!isSharedPc(csp)) return { hasGuest: false, hasOrganization: true }
  const model = csp.readPut(`${NODE}/AccountModel`) ?? '0'
  return { hasGuest: model !== '1', hasOrganization: model !== '0' }
}
