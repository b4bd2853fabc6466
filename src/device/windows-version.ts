import type { WindowsFacts } from '../domain/device.ts'
import { EDITIONS } from '../domain/windows-versions.ts'
import { requestVersionOf } from '../protocols/ms-mde2/request-version.ts'

/** What an enrolment says of the Windows on a device ([MS-MDE2] 3.1.4.1.3.1). */
export const windowsOf = ({ build, edition }: Pick<WindowsFacts, 'build' | 'edition'>) => ({
  osVersion: build,
  osEdition: String(EDITIONS[edition].sku),
  requestVersion: requestVersionOf(build),
})
