/** 32 hexadecimal digits as a GUID: Windows names an enrolment by one, and its DeviceID is the same digits here, an assumption. */
export const asGuid = (digits: string): string =>
  [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-')

/** The device itself, in events and in the registry of apps (mdm-protocols.md, 3.2; 8.3 [F]). */
export const DEVICE_SID = 'S-0-0-00-0000000000-0000000000-000000000-000'
