import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { UserError } from '../domain/trouble.ts'
import type { DeviceLine } from './device-line.ts'
import { linesOf, SEGMENT_FORMAT, type SegmentEnd, type SegmentFile, type SegmentHead, segmentsIn } from './segment.ts'

const TAIL_BYTES = 4 * 1024

/** Whether the last line is that of a batch that was played to its end. The rest of the file is not read. */
export function isComplete({ path }: SegmentFile): boolean {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const length = Math.min(TAIL_BYTES, size)
    const tail = Buffer.alloc(length)
    readSync(file, tail, 0, length, size - length)
    const text = tail.toString('utf8')
    if (!text.endsWith('\n')) return false
    const last = text.trimEnd().split('\n').at(-1) ?? ''
    return last.startsWith('{"kind":"end",')
  } finally {
    closeSync(file)
  }
}

/** The batches of a folder that an attempt has played to the end. */
export const completeIn = (segments: string): Set<number> =>
  new Set(
    segmentsIn(segments)
      .filter(isComplete)
      .map(({ batch }) => batch),
  )

export interface SegmentContent {
  head: SegmentHead
  end: SegmentEnd | undefined
}

/**
 * Reads a segment and hands on its devices in their order, each once. One batch is held at a time.
 *
 * @throws UserError `ERR_FLEET_SEGMENT` for a file that was changed: with its line
 */
export function readSegment(file: SegmentFile, fleet: string, onDevice: (line: DeviceLine) => void): SegmentContent {
  const devices = new Map<number, DeviceLine>()
  let head: SegmentHead | undefined
  let end: SegmentEnd | undefined
  let number = 0
  for (const text of linesOf(file.path)) {
    number++
    const refuse = (what: string): never => {
      throw new UserError('ERR_FLEET_SEGMENT', `${file.path}:${number}: ${what}`)
    }
    let line: Record<string, unknown>
    try {
      line = JSON.parse(text) as Record<string, unknown>
    } catch {
      refuse('this is no JSON: the file was changed')
      continue
    }
    if (!head) {
      if (line.kind !== 'segment' || line.format !== SEGMENT_FORMAT) refuse('this is no segment of a fleet')
      head = line as unknown as SegmentHead
      if (head.fleet !== fleet) refuse(`it is of another fleet: ${head.fleet}`)
      if (head.batch !== file.batch || head.attempt !== file.attempt) refuse('its name is that of another batch')
      continue
    }
    if (end) refuse('nothing comes after the end')
    if (line.kind === 'end') {
      end = line as unknown as SegmentEnd
      if (end.devices !== devices.size) refuse(`${devices.size} devices are here, and ${end.devices} were written`)
      continue
    }
    if (line.kind !== 'device') continue
    const device = line as unknown as DeviceLine
    if (!(device.index >= head.from && device.index < head.to)) refuse(`device ${device.index} is of another batch`)
    if (devices.has(device.index)) refuse(`device ${device.index} is here twice`)
    devices.set(device.index, device)
  }
  if (!head) {
    // A process that was killed at its first line.
    head = {
      kind: 'segment',
      format: SEGMENT_FORMAT,
      fleet,
      batch: file.batch,
      from: 0,
      to: 0,
      attempt: file.attempt,
      engine: '',
    }
  }
  if (end && devices.size !== head.to - head.from) {
    throw new UserError(
      'ERR_FLEET_SEGMENT',
      `${file.path}: it is complete, and ${head.to - head.from - devices.size} devices are missing`,
    )
  }
  for (const index of [...devices.keys()].sort((a, b) => a - b)) onDevice(devices.get(index)!)
  return { head, end }
}
