import { execFileSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { boundOf, growth } from '../growth.ts'
import { call, expectRefused, file, folder, GOOD } from './call.ts'

/** Of every Unix. */
const MAKE_PIPE = 'mkfifo'

const denied = vi.hoisted(() => ({ folder: '' }))
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  const readdirSync = (path: string, options: object) => {
    if (path !== denied.folder) return fs.readdirSync(path, options)
    throw Object.assign(new Error(`EACCES: permission denied, scandir '${path}'`), { code: 'EACCES' })
  }
  return { ...fs, readdirSync }
})
afterEach(() => {
  denied.folder = ''
})

describe('a file of the library that is none', { timeout: 10_000 }, () => {
  test('a device of the system, and a pipe without a writer, are refused at once', async () => {
    const message = (path: string) => `ERR_NOT_READABLE: ${path} cannot be read: it is no plain file`
    expectRefused(await call('device', 'show', '/dev/zero'), message('/dev/zero'))
    mkdirSync(join(folder, 'devices'))
    execFileSync(MAKE_PIPE, [join(folder, 'devices/pipe.yaml')])
    expectRefused(await call('device', 'show', 'pipe'), message('pipe'))
    expect(await call('device', 'list')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('\npipe: pipe cannot be read: it is no plain file\n'),
    })
  })

  test('of a file that is too large no more is read than tells so', async () => {
    const path = file('sparse.yaml', '')
    const descriptor = openSync(path, 'r+')
    ftruncateSync(descriptor, 2 ** 40)
    closeSync(descriptor)
    expectRefused(await call('device', 'show', path), `ERR_YAML_TOO_LARGE: ${path}: larger than 256 KiB`)
  })

  test('a file of the largest size is read to its end', async () => {
    const text = GOOD.replaceAll('\n', '\n#\n')
    const path = file('large.yaml', `${text}${'#'.repeat(256 * 1024 - text.length - 8)}\nbogus:\n`)
    expect((await call('run', path)).stderr).toContain('bogus')
    expect((await call('run', file('larger.yaml', 'x'.repeat(256 * 1024 + 1)))).stderr).toContain('ERR_YAML_TOO_LARGE')
  })

  test('30,000 keys take no more time than their length', async () => {
    const keys = (count: number) =>
      file(`keys-${count}.yaml`, Array.from({ length: count }, (_, index) => `k${index.toString(36)}: \n`).join(''))
    expect((await call('device', 'show', keys(30_000))).stderr).toContain('ERR_FILE_INVALID')
    const read = (count: number) => {
      const path = keys(count)
      return () => expect(() => loadDeviceFile(path)).toThrow(expect.objectContaining({ code: 'ERR_FILE_INVALID' }))
    }
    expect(await growth(read(1_875), read(30_000), boundOf(16))).toBeLessThanOrEqual(boundOf(16))
  })

  test.each(['a: 1\nb: 2\na: 3', 'a: 1\nb: {\n    a: 1, b: 2, a: 3}', 'a: 1\nb:\n  - c: 1\n    "c": 2'])(
    'a key that is there twice is named at its second place: %j',
    async (text) => {
      const path = file('twice.yaml', text)
      const { stderr } = await call('device', 'show', path)
      expect(stderr).toMatch(/^error ERR_YAML_SYNTAX: \S+:[34]:\d+: Map keys must be unique\n/)
    },
  )
})

describe('a folder that is none', () => {
  test('a file that is called devices holds no names', async () => {
    file('devices', '')
    expect(await call('device', 'list')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('surface-laptop-se'),
    })
    expect(loadDeviceFile('surface-laptop-se').id).toBe('surface-laptop-se')
  })

  test('one without the permission to read is named', async () => {
    denied.folder = join(folder, 'devices')
    const { code, stderr } = await call('device', 'list')
    expect([code, stderr]).toEqual([
      2,
      `error ERR_NOT_READABLE: ${denied.folder} cannot be read: EACCES: permission denied, scandir '${denied.folder}'\n`,
    ])
  })

  test('a working folder that was deleted is no bug of this program', async () => {
    const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw Object.assign(new Error('ENOENT: no such file or directory, uv_cwd'), { code: 'ENOENT' })
    })
    try {
      const message = 'ERR_WORKING_FOLDER: the working folder cannot be used: ENOENT: no such file or directory, uv_cwd'
      for (const args of [['list'], ['show', 'surface-laptop-se'], ['new', 'mine'], ['show', './a.yaml']]) {
        expectRefused(await call('device', ...args), message)
      }
    } finally {
      cwd.mockRestore()
    }
  })
})
