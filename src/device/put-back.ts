import { OFFICE_STATUS } from '../domain/office.ts'
import type { CspTree } from './csp/csp-tree.ts'
import type { InstallationQueue } from './installation-queue.ts'

/** Orders that failed wait again, and their nodes say so: a person pressed Try again. */
export function putBackFailed(csp: CspTree, installations: InstallationQueue): void {
  for (const { uri, job } of installations.retryFailed()) {
    if (job.kind === 'office') {
      csp.remove(`${uri}/FinalStatus`)
      csp.set(`${uri}/Status`, 'int', OFFICE_STATUS.inProgress)
      continue
    }
    csp.set(`${uri}/LastError`, 'int', '0')
    csp.set(`${uri}/Status`, 'int', job.kind === 'msi' ? '10' : '0')
  }
}
