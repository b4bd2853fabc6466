import type { DeviceDefinition } from '../../domain/device.ts'
import { failure, type Result, success } from '../../domain/trouble.ts'
import type { KeySource } from '../../ports/keys.ts'
import { csvFieldTrouble, encodeAutopilotCsv } from '../../protocols/autopilot-csv/encode.ts'
import { type ArchiveFile, encodeZip } from '../../protocols/zip/encode.ts'
import { hardwareHashOf } from '../hardware-hash-of.ts'
import { ARCHIVE_FILES, CAPTURE_WAYS, type CaptureWay, whyBarred } from './ways.ts'

export interface CaptureContext {
  keys: KeySource
  /** Unix milliseconds. */
  capturedAt: number
  computerName: string
  /** The cached Autopilot profile as it is on the disk, once there is one. */
  profile?: string
}

/** What an administrator carries away. */
export interface Capture {
  /** The archive, or the bare CSV. */
  file: ArchiveFile
  /** The CSV: in the archive, or the file itself. */
  csv: ArchiveFile
}

/**
 * Captures the hardware hash of a device in one of the ways of device-identity.md section 2.4. A way that the edition
 * bars is trouble with code `ERR_CAPTURE_BARRED`, a serial number that a CSV cannot hold with `ERR_CSV_FIELD`.
 */
export function captureHash(device: DeviceDefinition, way: CaptureWay, context: CaptureContext): Result<Capture> {
  const barred = whyBarred(device.windows.edition, way)
  if (barred !== undefined) return failure('ERR_CAPTURE_BARRED', barred)
  const trouble = csvFieldTrouble(device.smbios.serialNumber)
  if (trouble !== undefined) return failure('ERR_CSV_FIELD', trouble)
  const { leaves, fileName } = CAPTURE_WAYS[way]
  const bytes = encodeAutopilotCsv([hashRow(device, context)])
  if (leaves === 'csv') {
    const csv = { name: fileName, bytes }
    return success({ file: csv, csv })
  }
  const csv = { name: ARCHIVE_FILES.hash.replace('*', context.computerName), bytes }
  const files = [csv, ...profileFile(context.profile)]
  return success({ file: { name: fileName, bytes: encodeZip(files) }, csv })
}

/** The row that a device writes of itself: no product key id, as the script leaves it out on purpose (2.1 [O]). */
export const hashRow = (device: DeviceDefinition, { keys, capturedAt }: Omit<CaptureContext, 'computerName'>) => ({
  serialNumber: device.smbios.serialNumber,
  hardwareHash: hardwareHashOf(device, keys, capturedAt),
})

const profileFile = (profile: string | undefined): ArchiveFile[] =>
  profile === undefined ? [] : [{ name: ARCHIVE_FILES.profile, bytes: Buffer.from(profile) }]
