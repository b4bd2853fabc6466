import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ATTESTATION_CODES } from '../../src/domain/windows-codes/attestation.ts'
import { CONNECTION_CODES } from '../../src/domain/windows-codes/connection.ts'
import { ENROLLMENT_CODES } from '../../src/domain/windows-codes/enrollment.ts'
import { HELLO_CODES } from '../../src/domain/windows-codes/hello.ts'
import { JOIN_CODES } from '../../src/domain/windows-codes/join.ts'
import { MANAGEMENT_CODES } from '../../src/domain/windows-codes/management.ts'
import { SIGN_IN_CODES } from '../../src/domain/windows-codes/sign-in.ts'
import { UPDATE_CODES } from '../../src/domain/windows-codes/updates.ts'
import type { WindowsCode } from '../../src/domain/windows-codes/windows-code.ts'
import {
  CODE,
  codeOfHttpStatus,
  codeOfSigned,
  codeOfSyncmlStatus,
  isConnectionCode,
  isEnrollmentCode,
  signedOf,
  signedOfSystemError,
  WINDOWS_CODES,
} from '../../src/domain/windows-codes.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const codes = Object.entries<WindowsCode>(WINDOWS_CODES)
const causes = codes.flatMap(([key, { causes }]) => causes.map((cause) => ({ key, ...cause })))

/** Microsoft's public lists of error codes, by the titles of their pages, and how the names in them begin. */
const LISTS: Record<string, string> = {
  'COM error codes': 'NTE_|CRYPT_E_',
  'System error codes': 'ERROR_',
  'WinHTTP error messages': 'ERROR_WINHTTP_',
  'WinINet error messages': 'ERROR_(?:INTERNET|HTTP)_',
  'Windows Update error codes': 'WU_E_',
}

const files = ['src', 'machines'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('src/domain/windows-codes')),
)

/** A file without its comments. */
const codeOf = (file: string): string =>
  readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/ .*$/gm, '')

test('a code is there once, and a key too', () => {
  const values = codes.map(([, { code }]) => code)
  expect(values.filter((code, index) => values.indexOf(code) !== index)).toEqual([])
  const parts = [
    ATTESTATION_CODES,
    CONNECTION_CODES,
    ENROLLMENT_CODES,
    HELLO_CODES,
    JOIN_CODES,
    MANAGEMENT_CODES,
    SIGN_IN_CODES,
    UPDATE_CODES,
  ]
  expect(parts.flatMap((part) => Object.keys(part)).sort()).toEqual(codes.map(([key]) => key).sort())
})

test('a code is written as Windows prints it', () => {
  const wrong = codes.filter(([key, { code }]) => !(key in SIGN_IN_CODES) && !/^0x[0-9a-f]{8}$/.test(code))
  expect(wrong).toEqual([])
  expect(CODE.alreadyEnrolled).toBe('0x8018000a')
})

test('each cause is one sentence, and no other code has it', () => {
  expect(causes.filter(({ why }) => !/^[A-Z].+\.$/.test(why) || why.includes('. '))).toEqual([])
  const whys = causes.map(({ why }) => why)
  expect(whys.filter((why, index) => whys.indexOf(why) !== index)).toEqual([])
  const many = codes.filter(([, { causes }]) => causes.length > 1)
  expect(many.flatMap(([, { causes }]) => causes).filter(({ where }) => where === undefined)).toEqual([])
})

test('each source is a section of a note, or a name in a public list, with its tag', () => {
  const lists = Object.entries(LISTS).map(([list, names]) => `${list}, (?:${names})[A-Z0-9_]+ \\[[LU]\\]`)
  // Not every section has a tag. That it is there at all, test/docs/sources.test.ts finds.
  const known = new RegExp(`^(?:[a-z-]+\\.md, \\d+(?:\\.\\d+)*(?: \\[[A-Z1]\\])?|${lists.join('|')})$`)
  expect(causes.filter(({ source }) => !known.test(source))).toEqual([])
})

test('no other file has a code, or the first digits of a family', () => {
  // The sign bit, and handles and properties of a TPM, are no HRESULTs.
  const own = /0x8(?!00000|10[01]0)[0-9a-f]{7}(?![0-9a-f])|['`]0x8[0-9a-f]{3,}|\bcaa[0-9a-f]{5}\b|\bOOBEIDPS\b/i
  const has = (text: string) => own.test(text.replace(/(?<=[0-9a-f])_(?=[0-9a-f])/gi, ''))
  expect(["'0x8018'", '0x8007_0035 | 0', '(0X87D300D9)', '0x80004005'].filter((text) => !has(text))).toEqual([])
  expect(files.filter((file) => has(codeOf(file)))).toEqual([])
})

test('every code is used, but for those of the enrolment, which are a whole family', () => {
  const all = files.map(codeOf).join('\n')
  const unused = codes.filter(([key]) => !(key in ENROLLMENT_CODES) && !new RegExp(`CODE\\.${key}\\b`).test(all))
  expect(unused.map(([key]) => key)).toEqual([])
})

test('a family is the file of the table that has it', () => {
  expect(Object.values(CONNECTION_CODES).filter(({ code }) => !isConnectionCode(code))).toEqual([])
  const isOther = ({ code }: WindowsCode) => code !== CODE.enrollmentSuspended && !isEnrollmentCode(code)
  expect(Object.values<WindowsCode>(ENROLLMENT_CODES).filter(isOther)).toEqual([])
  const rest = Object.values<WindowsCode>({
    ...HELLO_CODES,
    ...JOIN_CODES,
    ...ATTESTATION_CODES,
    ...MANAGEMENT_CODES,
    ...UPDATE_CODES,
    ...SIGN_IN_CODES,
  })
  expect(rest.filter(({ code }) => isConnectionCode(code) || isEnrollmentCode(code))).toEqual([])
})

describe('numbers', () => {
  test.each([
    [CODE.appNotDetected, -2_016_345_060],
    [CODE.networkPathNotFound, -2_147_024_843],
    [CODE.enrollmentSuspended, 1_572_881],
  ])('%s is %i with a sign', (code, number) => {
    expect(signedOf(code)).toBe(number)
    expect(codeOfSigned(number)).toBe(code)
  })

  test('errors of the system, of HTTP and of SyncML have their families', () => {
    expect(codeOfSigned(signedOfSystemError(1460))).toBe(CODE.timedOut)
    expect(codeOfSigned(signedOfSystemError(1620))).toBe(CODE.msiPackageInvalid)
    expect(codeOfSigned(signedOfSystemError(11))).toBe(CODE.badFormat)
    expect(codeOfHttpStatus(400)).toBe(CODE.httpBadRequest)
    expect(codeOfHttpStatus(404)).toBe(CODE.httpNotFound)
    expect(codeOfSyncmlStatus(500)).toBe('0x87d101f4')
  })
})
