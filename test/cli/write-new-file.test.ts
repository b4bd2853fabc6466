import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { writeWhole } from '../../src/cli/device/write-new-file.ts'
import { InfrastructureError } from '../../src/domain/trouble.ts'
import { file, folder } from './call.ts'

const failing = vi.hoisted(() => ({ call: '' }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const fail = () => {
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  }
  const renameSync = (from: string, to: string) => (failing.call === 'rename' ? fail() : fs.renameSync(from, to))
  const writeFileSync = (path: string, content: string) => {
    fs.writeFileSync(path, failing.call === 'write' ? content.slice(0, 3) : content)
    if (failing.call === 'write') fail()
  }
  return { ...fs, renameSync, writeFileSync }
})
afterEach(() => {
  failing.call = ''
})

test.each(['rename', 'write'])('a %s that fails leaves the old file whole, and no part of the new one', (call) => {
  const path = file('a.yaml', 'old')
  failing.call = call
  const attempt = () => writeWhole(path, 'new text')
  expect(attempt).toThrow(InfrastructureError)
  expect(attempt).toThrow(`${path} cannot be written: ENOSPC`)
  expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['a.yaml'], 'old'])
})

test('a file is put in the place of another, in a folder that is made for it', () => {
  mkdirSync(join(folder, 'a'))
  const path = join(folder, 'a/b/c.yaml')
  for (const text of ['old', 'new']) {
    writeWhole(path, text)
    expect([readdirSync(join(folder, 'a/b')), readFileSync(path, 'utf8')]).toEqual([['c.yaml'], text])
  }
})
