import { element } from '../xml/write.ts'
import { fieldRows } from './field-rows.ts'
import type { HardwareReport } from './report.ts'

/** In the order of device-identity.md section 1.7. Fields that no published report shows are left out. */
const XML_NAMES = [
  'ToolVersion',
  'HardwareInventoryVersion',
  'ToolBuild',
  'OSType',
  'OsCpuArchitecture',
  'OsBuild',
  'OsSystemTime',
  'OsLocalTime',
  'ProcessorModel',
  'ProcessorPackages',
  'ProcessorThreads',
  'ProcessorCores',
  'ProcessorHyperThreading',
  'SmbiosRamArrayCount',
  'SmbiosRamSlots',
  'SmbiosRamErrorCorrection',
  'SmbiosRamMaximumCapacity',
  'TotalPhysicalRAM',
  'SmbiosFirmwareVendor',
  'SmbiosSystemManufacturer',
  'SmbiosSystemProductName',
  'SmbiosSystemSerialNumber',
  'SmbiosUuid',
  'SmbiosSkuNumber',
  'SmbiosSystemFamily',
  'MacAddress',
  'DiskSerialNumber',
  'TPMVersion',
  'EkPubHash',
  'ProductKeyID',
  'ProductKeyPkPn',
]

/** In both published reports, and in no record: no source says where it comes from [?]. */
const HARDWARE_INVENTORY_VERSION = { record: 0, name: 'HardwareInventoryVersion', value: '131' }

/** A report as `oa3tool /DecodeHwHash` prints it, without its banner: one `p` with name and value for each field. */
export function hardwareReportXml(report: HardwareReport): string {
  const rows = [HARDWARE_INVENTORY_VERSION, ...fieldRows(report)]
  const fields = XML_NAMES.flatMap((name) => rows.filter((row) => row.name === name))
  const lines = fields.map(({ name, value }) => `    ${element('p', { n: name, v: value })}`)
  const inventory = ['  <HardwareInventory>', ...lines, '  </HardwareInventory>']
  return ['<?xml version="1.0" encoding="utf-8"?>', '<HardwareReport>', ...inventory, '</HardwareReport>'].join('\n')
}
