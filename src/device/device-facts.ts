import type { DeviceFacts } from '../domain/boot.ts'
import type { DeviceDefinition } from '../domain/device.ts'
import { type DeviceBehaviour, switchesOf } from '../domain/device-behaviour.ts'
import type { InstalledWindows } from './installed-windows.ts'
import { windowsOf } from './windows-version.ts'

interface Device {
  definition: DeviceDefinition
  windows: InstalledWindows
  behaviour: DeviceBehaviour
}

/** What the statecharts know of a device, with the Windows that is installed now. */
export function deviceFactsOf({ definition, windows: installed, behaviour }: Device): DeviceFacts {
  const { windows, adapters, securityKeys = [] } = definition
  const { osEdition, osVersion } = windowsOf(installed)
  return {
    languages: windows.languages,
    edition: windows.edition,
    windows: { productType: osEdition, version: osVersion },
    hasEthernet: adapters.some(({ kind }) => kind === 'ethernet'),
    ...(securityKeys.length > 0 ? { securityKeys: securityKeys.map(({ name }) => name) } : {}),
    ...switchesOf(behaviour),
  }
}
