import { expect, test } from 'vitest'
import { readTpmVersionText } from '../../../src/protocols/tpm/read-version-text.ts'
import { type TpmVersion, tpmFirmwareText, tpmVersionText } from '../../../src/protocols/tpm/version-text.ts'

const INFINEON: TpmVersion = {
  version: '2.0',
  specification: { level: 0, revision: '1.16' },
  vendor: 'IFX',
  firmware: [458_814, 800_256],
}

test('a version text is read back', () => {
  expect(readTpmVersionText(tpmVersionText(INFINEON))).toEqual(INFINEON)
  const amd = { ...INFINEON, vendor: 'AMD', firmware: [0xffff_ffff, 0] } as const
  expect(readTpmVersionText(tpmVersionText(amd))).toEqual(amd)
})

test('the firmware of vector T5 is what its vendor calls it', () => {
  const microsoft = tpmFirmwareText({ vendor: 'MSFT', firmware: [538_247_443, 1_394_722] })
  expect([microsoft, tpmFirmwareText(INFINEON)]).toEqual(['8213.275.21.18466', '7.62.3126.0'])
  expect(tpmFirmwareText({ vendor: 'INTC', firmware: [0xffff_ffff, 0xffff_ffff] })).toBe('65535.65535.65535.65535')
  expect(tpmFirmwareText({ vendor: 'constructor', firmware: [1, 0x20003] })).toBe('0.1.2.3')
})

test.each([
  '',
  'TPM 2.0',
  "TPM-Version:2.0 -Level:0-Revision:1.16-VendorID:'IFX '-Firmware:458814",
  "TPM-Version:2.0 -Level:0-Revision:1.16-VendorID:'IFX '-Firmware:4294967296.0",
  "TPM-Version:2.0 -Level:0-Revision:1.16-VendorID:'IFX '-Firmware:1.2 and more",
])('another text is none: %j', (text) => {
  expect(readTpmVersionText(text)).toBeUndefined()
})
