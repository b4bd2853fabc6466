import { expect, test } from 'vitest'
import { hardwareReportXml } from '../../../src/protocols/hardware-hash/report-xml.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { fullReport } from './full-report.ts'

test('a report has the names of oa3tool, in its order', () => {
  const lines = hardwareReportXml(fullReport()).split('\n')
  expect([...lines.slice(0, 3), ...lines.slice(-2)]).toEqual([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<HardwareReport>',
    '  <HardwareInventory>',
    '  </HardwareInventory>',
    '</HardwareReport>',
  ])
  const fields = lines.slice(3, -2).map((line) => /^ {4}<p n="(\w+)" v="(.*)"\/>$/.exec(line)!.slice(1).join('='))
  expect(fields).toEqual([
    'ToolVersion=8',
    'HardwareInventoryVersion=131',
    'ToolBuild=10.0.22621.4',
    'OSType=FullOS',
    'OsCpuArchitecture=x64',
    'OsBuild=10.0.26100.4652',
    'OsSystemTime=2026-01-02T03:04:05Z',
    'OsLocalTime=2026-01-01T20:04:05-07:00',
    'ProcessorModel=Simulated CPU that fills all 48 characters of it',
    'ProcessorPackages=1',
    'ProcessorThreads=4',
    'ProcessorCores=2',
    'ProcessorHyperThreading=1',
    'SmbiosRamArrayCount=1',
    'SmbiosRamSlots=2',
    'SmbiosRamErrorCorrection=3',
    'SmbiosRamMaximumCapacity=2048',
    'TotalPhysicalRAM=8',
    'SmbiosFirmwareVendor=Firmware',
    'SmbiosSystemManufacturer=Contoso',
    'SmbiosSystemProductName=SimBook SE',
    'SmbiosSystemSerialNumber=SIM0002',
    'SmbiosUuid=00112233-4455-4677-8899-aabbccddeeff',
    'SmbiosSkuNumber=',
    'SmbiosSystemFamily=Family',
    'MacAddress=02:53:49:4D:00:01',
    'MacAddress=02:53:49:4D:00:02',
    'DiskSerialNumber=|Virtual Disk    |Msft    ',
    "TPMVersion=TPM-Version:2.0 -Level:0-Revision:1.38-VendorID:'IFX '-Firmware:1.2",
    'EkPubHash=2c41a1dd584e3773b95674841b685f36c76b48ec4db75863372c2fd6e19a61ce',
    'ProductKeyID=3300000000001',
    'ProductKeyPkPn=[XX]X00-00001',
  ])
})

test('a hostile text stays a value', () => {
  const productName = '"/><evil a="\u0007&\u001b[2J'
  const document = parseXml(hardwareReportXml({ ...fullReport(), productName }))
  const inventory = document.content.find((piece) => typeof piece !== 'string')!
  const values = (inventory as typeof document).content.flatMap((piece) =>
    typeof piece === 'string' ? [] : [piece.attributes.find(({ local }) => local === 'v')!.value],
  )
  expect(values).toContain('"/><evil a="\ufffd&\ufffd[2J')
})
