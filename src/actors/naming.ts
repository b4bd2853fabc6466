import { namingMachine } from '../../machines/pages/naming.ts'
import { expandDeviceName } from '../device/device-name.ts'
import { working } from './bindings.ts'

export const naming = namingMachine.provide({
  actors: {
    expandTemplate: working<string, string>(({ device, chance }, template) =>
      expandDeviceName(template, device.definition.smbios.serialNumber, chance),
    ),
  },
})
