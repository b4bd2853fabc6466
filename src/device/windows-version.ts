import type { DeviceDefinition } from '../domain/device.ts'
import { requestVersionOf } from '../protocols/ms-mde2/request-version.ts'

/** Product types (winnt.h). CloudEdition is Windows 11 SE. */
const PRODUCT_TYPE = { SE: '203', 'Pro Education': '164', Pro: '48' } as const

/** What an enrolment says of the Windows on a device ([MS-MDE2] 3.1.4.1.3.1). */
export const windowsOf = ({ build, edition }: DeviceDefinition['windows']) => ({
  osVersion: build,
  osEdition: PRODUCT_TYPE[edition],
  requestVersion: requestVersionOf(build),
})
