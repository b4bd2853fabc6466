import { createHash } from 'node:crypto'
import type { HardwareReport } from '../../../src/protocols/hardware-hash/report.ts'
import { fullReport } from './full-report.ts'

/** Unlike the full report, one that a check has nothing to say about but that its addresses are local. */
export function soundReport(): HardwareReport {
  const modulus = Uint8Array.from({ length: 256 }, (_, index) => (index * 7 + 1) % 256)
  const id = Uint8Array.from(createHash('sha256').update(modulus).digest())
  return {
    ...fullReport(),
    sku: 'SKU-1',
    family: 'Sim Family',
    diskSerial: { serial: 'SIM-1', product: 'Disk', vendor: '' },
    systemDiskSerial: 'SIM-1|Disk|',
    ekPublicModulus: modulus,
    offlineDeviceId: { status: 0, idType: 1, id },
    unknown: [],
  }
}
