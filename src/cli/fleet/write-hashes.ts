import { join } from 'node:path'
import { hashRow } from '../../device/capture/capture-hash.ts'
import { FleetDevices } from '../../fleet/fleet-device.ts'
import { loadPlan } from '../../fleet/plan.ts'
import { encodeAutopilotCsv } from '../../protocols/autopilot-csv/encode.ts'
import { SHAPES } from '../../protocols/autopilot-csv/shapes.ts'
import { CAPTURED_AT } from '../device/captured-at.ts'
import { EXIT } from '../exit-codes.ts'
import { makeOutputFolder, replaceFile, writing } from '../new-file.ts'
import { print } from '../print.ts'
import { silentKeys } from '../reported-keys.ts'
import type { FleetOptions } from './fleet-options.ts'

/** The devices of a plan as files that a real service imports: each with as many rows as it takes. Codes as `loadPlan`. */
export function writeHashes(options: FleetOptions, folder: string): number {
  const plan = loadPlan(options.operands[0]!, options)
  makeOutputFolder(folder)
  const devices = new FleetDevices(plan)
  const { rowsMax } = SHAPES.intune
  for (let from = 0; from < plan.count; from += rowsMax) {
    const rows = Array.from({ length: Math.min(rowsMax, plan.count - from) }, (_, row) => {
      const device = devices.definition(from + row)
      const groupTag = groupTagOf(plan.tenants[0]!.value.devices, device.id)
      const own = hashRow(device, { keys: silentKeys, capturedAt: CAPTURED_AT })
      return { ...own, ...(groupTag === undefined ? {} : { groupTag }) }
    })
    const path = join(folder, `devices-${String(from / rowsMax + 1).padStart(4, '0')}.csv`)
    writing(path, () => replaceFile(path, encodeAutopilotCsv(rows, 'intune')))
    print(`${path}: ${rows.length} devices`)
  }
  return EXIT.pass
}

/** As the school has it for the model. */
const groupTagOf = (
  entries: readonly { device: string; groupTag?: string | undefined }[],
  model: string,
): string | undefined => entries.find(({ device }) => device === model)?.groupTag
