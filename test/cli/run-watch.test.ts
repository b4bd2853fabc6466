import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { changedScenario, temporaryFolder } from './files.ts'
import { start } from './program.ts'

const device = readFileSync(resolve(import.meta.dirname, '../../devices/surface-laptop-se.yaml'), 'utf8')

/** A project with two scenarios, of which the second has another device. */
function project() {
  const folder = temporaryFolder()
  for (const name of ['scenarios', 'devices']) mkdirSync(join(folder, name))
  const put = (name: string, text: string) => writeFileSync(join(folder, name), text)
  put('devices/ours.yaml', device)
  put('scenarios/one.yaml', changedScenario('tenant-lock', 'expect:', 'expect:'))
  put('scenarios/two.yaml', changedScenario('tenant-lock', 'device: surface-laptop-se', 'device: ours'))
  return { folder, put }
}

describe('oobe run --watch', { timeout: 60_000 }, () => {
  test('plays again what a change is about, tells a mistake and waits, and ends with a signal', async () => {
    const { folder, put } = project()
    const { child, ended } = start(['run', '--watch', '--transport', 'direct'], folder)
    let stdout = ''
    let stderr = ''
    child.stdout!.on('data', (text: string) => {
      stdout += text
    })
    child.stderr!.on('data', (text: string) => {
      stderr += text
    })
    /** The scenarios of the next round. */
    const round = async () => {
      await vi.waitUntil(() => /watching \d+ scenarios/.test(stdout), { timeout: 20_000 })
      const names = [...stdout.matchAll(/^[✓✗!] (\S+)/gm)].map(([, name]) => name)
      stdout = ''
      return names
    }
    expect(await round()).toEqual(['one', 'two'])
    put(
      'scenarios/one.yaml',
      readFileSync(join(folder, 'scenarios/one.yaml'), 'utf8').replace(/^title: .*/m, 'title: Another title'),
    )
    expect(await round()).toEqual(['one'])
    put('devices/ours.yaml', device.replace(/^title: .*/m, 'title: Another device'))
    expect(await round()).toEqual(['two'])
    put('scenarios/three.yaml', readFileSync(join(folder, 'scenarios/one.yaml'), 'utf8'))
    expect(await round()).toEqual(['three'])
    put('scenarios/three.yaml', 'title: [')
    await vi.waitUntil(() => stdout.includes('waiting for a change'), { timeout: 20_000 })
    expect(stderr).toMatch(/^error ERR_YAML\S*: scenarios\/three\.yaml:/)
    stdout = ''
    rmSync(join(folder, 'scenarios/three.yaml'))
    put(
      'scenarios/two.yaml',
      readFileSync(join(folder, 'scenarios/two.yaml'), 'utf8').replace(/^title: .*/m, 'title: Two anew'),
    )
    expect(await round()).toEqual(['two'])
    child.kill('SIGINT')
    expect((await ended).code).toBe(130)
  })

  test('when the program itself is another one, it starts anew and plays all', async () => {
    const { folder } = project()
    // A program of its own, which may be changed.
    const built = temporaryFolder()
    for (const name of ['dist', 'devices', 'scenarios', 'package.json']) {
      cpSync(resolve(import.meta.dirname, '../..', name), join(built, name), { recursive: true })
    }
    const program = join(built, 'dist/oobe.js')
    const { child, ended } = start(['run', '--watch', '--transport', 'direct'], folder, program)
    let stdout = ''
    child.stdout!.on('data', (text: string) => {
      stdout += text
    })
    const all = /✓ one .*✗ two .*watching 2 scenarios/s
    for (let round = 0; round < 2; round++) {
      await vi.waitUntil(() => all.test(stdout), { timeout: 30_000 })
      stdout = ''
      if (round < 1) appendFileSync(program, '\n// another one\n')
    }
    child.kill('SIGINT')
    expect((await ended).code).toBe(130)
  })
})
