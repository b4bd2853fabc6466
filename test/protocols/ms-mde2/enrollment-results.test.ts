import { expect, test } from 'vitest'
import { enrollmentHresult, provisioningHresult } from '../../../src/protocols/ms-mde2/enrollment-results.ts'

const fault = (subcode?: string, errorType?: string) => ({
  code: 's:Receiver',
  reason: '',
  ...(subcode === undefined ? {} : { subcode }),
  ...(errorType === undefined ? {} : { detail: { errorType } }),
})

test.each([
  ['s:MessageFormat', '0x80180001'],
  ['s:Authentication', '0x80180002'],
  ['s:Authorization', '0x80180003'],
  ['s:CertificateRequest', '0x80180004'],
  ['s:EnrollmentServer', '0x80180005'],
  ['a:InternalServiceFault', '0x80180006'],
  ['s:internalservicefault', '0x80180006'],
  ['a:InvalidSecurity', '0x80180007'],
  ['MESSAGEFORMAT', '0x80180001'],
  ['a:ActionMismatch', '0x80180008'],
  ['a:EndpointUnavailable', '0x80180008'],
  ['constructor', '0x80180008'],
  [undefined, '0x80180008'],
])('the subcode %s is shown as %s [point 25]', (subcode, hresult) => {
  expect(enrollmentHresult(fault(subcode))).toBe(hresult)
})

test.each([
  ['DeviceCapReached', '0x80180013'],
  ['DeviceNotSupported', '0x80180014'],
  ['NotSupported', '0x80180015'],
  ['NotEligibleToRenew', '0x80180016'],
  ['InMaintenance', '0x80180017'],
  ['UserLicense', '0x80180018'],
  ['InvalidEnrollmentData', '0x80180019'],
  ['customservererror', '0x80180032'],
])('the error type %s is shown as %s, whatever the subcode [point 25]', (errorType, hresult) => {
  expect(enrollmentHresult(fault('s:Authorization', errorType))).toBe(hresult)
})

test('an unknown error type leaves it to the subcode [point 25]', () => {
  expect(enrollmentHresult(fault('s:Authorization', 'SomethingNew'))).toBe('0x80180003')
})

test('the part of a provisioning document that fails picks the result', () => {
  const codes = ['CERTIFICATE_STORE', 'APPLICATION', 'DM_CLIENT', 'MALFORMED']
  expect(codes.map((code) => provisioningHresult(`ERR_MDE2_PROVISIONING_${code}`))).toEqual([
    '0x8018001e',
    '0x8018001f',
    '0x80180020',
    '0x80180023',
  ])
})
