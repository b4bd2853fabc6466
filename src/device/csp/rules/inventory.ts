import { below, type Csp, node, READ } from '../node-rule.ts'

const text = node('chr', READ)
const number = node('int', READ)

/** What an OMA-DM server asks first. */
export const devInfo: Csp = {
  name: 'DevInfo',
  version: '1.0',
  rules: below('./DevInfo', 'device', 'DevInfo CSP', { DevId: text, Man: text, Mod: text, DmV: text, Lang: text }),
}

/** The device at length, with the hardware hash (reference: mdm-protocols.md, 3.4). */
export const devDetail: Csp = {
  name: 'DevDetail',
  version: '1.2',
  rules: [
    ...below('./DevDetail', 'device', 'DevDetail CSP', {
      SwV: text,
      HwV: text,
      FwV: text,
      OEM: text,
      DevTyp: text,
      LrgObj: node('bool', READ),
      'URI/MaxDepth': number,
      'URI/MaxTotLen': number,
      'URI/MaxSegLen': number,
    }),
    ...below('./DevDetail/Ext', 'device', 'DevDetail CSP', {
      // Not under Microsoft.
      DeviceHardwareData: node('chr', READ),
    }),
    ...below('./DevDetail/Ext/Microsoft', 'device', 'DevDetail CSP', {
      DeviceName: text,
      DNSComputerName: text,
      LocalTime: text,
      OSPlatform: text,
      ProcessorArchitecture: number,
      ProcessorType: text,
      Resolution: text,
      SMBIOSSerialNumber: text,
      SMBIOSVersion: text,
      SystemSKU: text,
      TotalRAM: number,
      TotalStorage: number,
    }),
  ],
}

/** Compliance facts (reference: mdm-protocols.md, 3.4). */
export const deviceStatus: Csp = {
  name: 'DeviceStatus',
  version: '1.5',
  rules: below('DeviceStatus', 'device', 'DeviceStatus CSP', {
    SecureBootState: number,
    'NetworkIdentifiers/{}': node('node', READ),
    'NetworkIdentifiers/{}/IsConnected': node('bool', READ),
    'NetworkIdentifiers/{}/Type': number,
    'Compliance/EncryptionCompliance': number,
    'TPM/SpecificationVersion': text,
    'TPM/ManufacturerId': text,
    'TPM/ManufacturerIdTxt': text,
    'TPM/ManufacturerVersion': text,
    'OS/Edition': number,
    'OS/Mode': number,
    DomainName: text,
  }),
}

/** What Autopilot found when the hardware had changed. */
export const windowsAutopilot: Csp = {
  name: 'WindowsAutopilot',
  version: '1.0',
  rules: below('WindowsAutopilot', 'device', 'WindowsAutopilot CSP', { HardwareMismatchRemediationData: text }),
}
