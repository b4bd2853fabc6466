import { type PayloadReader, PayloadWriter } from './byte-cursor.ts'
import * as field from './fields.ts'
import { type AdapterRecord, type DiskSerialRecord, diskSerialText, type HardwareReport } from './report.ts'
import { toolHeader } from './tool-header.ts'

/** One record type: what a report holds of it, and how its payloads are read and written. */
export interface RecordCodec {
  type: number
  valuesOf(report: HardwareReport): unknown[]
  /** @throws RangeError for a value that the record cannot hold */
  write(value: unknown): Uint8Array
  /** @throws DecodeError */
  read(reader: PayloadReader): unknown
  /** False when the report has this record already and it does not repeat. */
  put(report: HardwareReport, value: unknown): boolean
}

interface PayloadCodec<Value> {
  read(reader: PayloadReader): Value
  write(writer: PayloadWriter, value: Value): unknown
}

type SingleKey = Exclude<keyof HardwareReport, 'adapters' | 'unknown' | 'layout'>
type TextKey = { [Key in SingleKey]-?: HardwareReport[Key] extends string | undefined ? Key : never }[SingleKey]

function single<Key extends SingleKey>(
  type: number,
  key: Key,
  codec: PayloadCodec<NonNullable<HardwareReport[Key]>>,
): RecordCodec {
  return {
    type,
    valuesOf: (report) => (report[key] === undefined ? [] : [report[key]]),
    write(value) {
      const writer = new PayloadWriter()
      codec.write(writer, value as NonNullable<HardwareReport[Key]>)
      return writer.done()
    },
    read: codec.read,
    put(report, value) {
      if (report[key] !== undefined) return false
      report[key] = value as NonNullable<HardwareReport[Key]>
      return true
    },
  }
}

const asciiz = (type: number, key: TextKey): RecordCodec =>
  single(type, key, {
    read: (reader) => field.asciiText(reader.rest()),
    write: (writer, text) => writer.raw(field.asciiBytes(text)).u8(0),
  })

const adapters: RecordCodec = {
  type: 8,
  valuesOf: (report) => report.adapters,
  write(value) {
    const adapter = value as AdapterRecord
    const enumerator = field.utf16Bytes(adapter.enumerator)
    return new PayloadWriter()
      .u32(adapter.medium)
      .raw(field.macBytes(adapter.mac))
      .u32(enumerator.length)
      .raw(enumerator)
      .done()
  },
  read: (reader): AdapterRecord => ({
    medium: reader.u32(),
    mac: field.macText(reader.take(6)),
    enumerator: field.utf16Text(reader.take(reader.u32())),
  }),
  put(report, value) {
    report.adapters.push(value as AdapterRecord)
    return true
  },
}

function diskSerialBytes(disk: DiskSerialRecord): Uint8Array {
  const parts = [disk.serial, disk.product, disk.vendor]
  if (parts.some((part) => part.includes('|'))) throw new RangeError('a disk name holds the separator "|"')
  return field.asciiBytes(diskSerialText(disk))
}

function readDiskSerial(reader: PayloadReader): DiskSerialRecord {
  const [serial = '', ...rest] = field.asciiText(reader.rest()).split('|')
  const vendor = rest.length > 1 ? rest.pop()! : ''
  return { serial, product: rest.join('|'), vendor }
}

/** Every record type with a known meaning, in the order in which the tool writes them (section 1.3). */
export const RECORD_CODECS: readonly RecordCodec[] = [
  single(1, 'tool', toolHeader),
  single(2, 'cpu', {
    read: (r) => ({
      architecture: r.u16(),
      packages: r.u16(),
      cores: r.u16(),
      threads: r.u16(),
      hyperThreading: r.u8() !== 0,
    }),
    write: (w, cpu) =>
      w
        .u16(cpu.architecture)
        .u16(cpu.packages)
        .u16(cpu.cores)
        .u16(cpu.threads)
        .u8(cpu.hyperThreading ? 1 : 0)
        .raw([0, 0, 0]),
  }),
  single(5, 'memory', {
    read: (r) => ({ gb: r.u64(), maxGb: r.u64(), slots: r.u16(), arrays: r.u16(), errorCorrection: r.u8() }),
    write: (w, memory) =>
      w.u64(memory.gb).u64(memory.maxGb).u16(memory.slots).u16(memory.arrays).u8(memory.errorCorrection),
  }),
  asciiz(3, 'cpuVendor'),
  single(4, 'processorModel', {
    read: (r) => field.asciiText(r.rest()),
    write(w, text) {
      const bytes = field.asciiBytes(text)
      if (bytes.length > 48) throw new RangeError(`a CPU brand string has at most 48 characters, not ${bytes.length}`)
      w.raw(bytes).raw(new Uint8Array(48 - bytes.length))
    },
  }),
  single(6, 'disk', {
    read: (r) => ({ gb: r.u64(), busType: r.u16(), seekPenalty: r.u8(), trim: r.u8() }),
    write: (w, disk) => w.u64(disk.gb).u16(disk.busType).u8(disk.seekPenalty).u8(disk.trim),
  }),
  single(7, 'diskSerial', { read: readDiskSerial, write: (w, disk) => w.raw(diskSerialBytes(disk)) }),
  adapters,
  single(9, 'display', {
    read: (r) => ({
      widthMm: r.u16(),
      heightMm: r.u16(),
      widthPx: r.u16(),
      heightPx: r.u16(),
      outputTechnology: r.u32(),
    }),
    write: (w, display) =>
      w
        .u16(display.widthMm)
        .u16(display.heightMm)
        .u16(display.widthPx)
        .u16(display.heightPx)
        .u32(display.outputTechnology),
  }),
  single(27, 'panelCm', {
    read: (r) => ({ width: r.u16(), height: r.u16() }),
    write: (w, panel) => w.u16(panel.width).u16(panel.height),
  }),
  single(10, 'enclosure', {
    read: (r) => ({ chassisType: r.u8(), powerRole: r.u8(), opticalDrive: r.u8(), touch: r.u8() }),
    write: (w, box) => w.u8(box.chassisType).u8(box.powerRole).u8(box.opticalDrive).u8(box.touch).u8(0),
  }),
  asciiz(13, 'tpmVersion'),
  single(25, 'ekPublicModulus', {
    // A larger key has a longer modulus; the check of fields names it.
    read: (r) => r.rest(),
    write(w, modulus) {
      if (modulus.length !== 256) throw new RangeError(`an EK modulus has 256 bytes, not ${modulus.length}`)
      w.raw(modulus)
    },
  }),
  single(11, 'offlineDeviceId', {
    read: (r) => ({ status: r.u32(), idType: r.u16(), id: r.take(r.u32()) }),
    write: (w, id) => w.u32(id.status).u16(id.idType).u32(id.id.length).raw(id.id),
  }),
  single(12, 'smbiosUuid', {
    read: (r) => field.uuidText(r.take(16)),
    write: (w, uuid) => w.raw(field.uuidBytes(uuid)),
  }),
  asciiz(14, 'serialNumber'),
  asciiz(15, 'firmwareVendor'),
  asciiz(16, 'manufacturer'),
  asciiz(17, 'productName'),
  asciiz(18, 'sku'),
  asciiz(19, 'family'),
  asciiz(23, 'systemVersion'),
  asciiz(20, 'boardManufacturer'),
  asciiz(21, 'boardProduct'),
  asciiz(22, 'boardVersion'),
  asciiz(24, 'productKeyId'),
  asciiz(26, 'productKeyPartNumber'),
  asciiz(28, 'systemDiskSerial'),
  single(29, 'gpuMemory', {
    read: (r) => ({
      dedicatedVideo: r.u64(),
      dedicatedSystem: r.u64(),
      removalPolicy: r.u8(),
      inLocalMachine: r.u8(),
    }),
    write: (w, gpu) => w.u64(gpu.dedicatedVideo).u64(gpu.dedicatedSystem).u8(gpu.removalPolicy).u8(gpu.inLocalMachine),
  }),
  single(30, 'gpuName', {
    read: (r) => field.utf16Text(r.rest()),
    write: (w, name) => w.raw(field.utf16Bytes(name)),
  }),
]

export const CODEC_BY_TYPE: ReadonlyMap<number, RecordCodec> = new Map(
  RECORD_CODECS.map((codec) => [codec.type, codec]),
)
