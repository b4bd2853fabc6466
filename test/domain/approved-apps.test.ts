import { describe, expect, test } from 'vitest'
import { APPROVED_APPS, approvalOf, isApproved, PREINSTALLED_APPS } from '../../src/domain/approved-apps.ts'

describe('the list of apps for Windows 11 SE', () => {
  test('is as long as the page it is from', () => {
    const stores = APPROVED_APPS.filter(({ type }) => type === 'store')
    expect([APPROVED_APPS.length, stores.length, PREINSTALLED_APPS.length]).toEqual([109, 10, 28])
  })

  test('names no app twice, and each with a version', () => {
    const names = APPROVED_APPS.map(({ name }) => name.toLowerCase())
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
    expect(APPROVED_APPS.filter(({ version }) => !/^\d+(\.\d+)*(-\d+| \(\d+\))?$/.test(version))).toEqual([])
    expect(APPROVED_APPS.filter(({ vendor }) => vendor === '')).toEqual([])
  })

  test.each([
    ['3d builder', '18.0.1931.0', 'win32'],
    ['Safe Exam Browser', '3.5.0.544', 'win32'],
    ['Kortext', '2.3.433.0', 'store'],
    ['ZoomText Magnifier/Reader', '2024.2402.66.400', 'win32'],
  ])('has %s %s for %s', (name, version, type) => {
    expect(APPROVED_APPS).toContainEqual(expect.objectContaining({ name, version, type }))
  })

  test('says "or newer" of two', () => {
    expect(APPROVED_APPS.filter(({ minimum }) => minimum)).toEqual([
      expect.objectContaining({ name: 'CKAuthenticator', version: '3.6' }),
      expect.objectContaining({ name: 'FortiClient', version: '7.2.0.4034' }),
    ])
  })
})

describe('an app', () => {
  test.each([
    { name: 'Google Chrome' },
    { name: 'google  CHROME ' },
    { name: 'PaperCut', version: '22.0.6' },
    { name: 'PaperCut', version: '22.0.10' },
    { name: 'PaperCut', version: '23' },
    { name: 'Zoom', version: '5.12.8' },
    { name: 'School Manager', version: '3.6.10-1150' },
    { name: 'NetSupport School', version: '14.0.12' },
    { name: 'Microsoft Edge' },
    { name: 'OneDrive', version: '1.0' },
  ])('is approved: %j', (app) => {
    expect(isApproved(app)).toBe(true)
  })

  test.each([
    { name: 'Chrome' },
    { name: 'Google Chrome Beta' },
    { name: 'Safe Exam  Browzer' },
    { name: 'Zoom Rooms' },
    { name: 'LanSchool' },
    { name: '' },
  ])('is not approved when its name is only near: %j', (app) => {
    expect(approvalOf(app)).toEqual({ approved: false, why: 'name' })
  })

  test.each([
    { name: 'PaperCut', version: '22.0.5' },
    { name: 'PaperCut', version: '22' },
    { name: 'Zoom', version: '5.9.1 (2581)' },
    { name: 'FortiClient', version: '7.2.0.4033' },
    { name: 'Scratch', version: 'latest' },
  ])('is not approved in an older version, or in none: %j', (app) => {
    expect(approvalOf(app)).toEqual({
      approved: false,
      why: 'version',
      app: expect.objectContaining({ name: app.name }),
    })
  })
})
