import type { CspTree } from '../csp/csp-tree.ts'

export type AppMark = 'installed' | 'failed' | 'needsRestart' | 'hardRestart'

const INSTALLED: readonly AppMark[] = ['installed']
const FAILED: readonly AppMark[] = ['failed']
const OPEN: readonly AppMark[] = []

/** An entry of the server's list is `LocURI;count`; the count is not checked. */
export const orderedUri = (entry: string): string => entry.split(';', 1)[0]!

export const isOffice = (uri: string): boolean => uri.includes('/Office/Installation/')

/** What an app that the server ordered has come to. */
export function orderedApp(tree: CspTree, uri: string): readonly AppMark[] {
  const status = tree.readInt(`${uri}/${isOffice(uri) ? 'FinalStatus' : 'Status'}`)
  if (uri.includes('/EnterpriseModernAppManagement/')) return status === 2 ? FAILED : status === 3 ? INSTALLED : OPEN
  return status === 60 || status === 30 ? FAILED : status === 70 ? INSTALLED : OPEN
}

/** What an agent says about its own app. State: 3 completed, 4 error. Restart: 2 soft, 3 hard. */
export function trackedApp(tree: CspTree, uri: string): readonly AppMark[] {
  const state = tree.readInt(`${uri}/InstallationState`)
  const restart = tree.readInt(`${uri}/RebootRequired`)
  const reached = state === 4 ? FAILED : state === 3 ? INSTALLED : OPEN
  if (restart === 2) return [...reached, 'needsRestart']
  return restart === 3 ? [...reached, 'needsRestart', 'hardRestart'] : reached
}
