import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { DISK_FULL, writing } from '../../src/cli/serve/folder-files.ts'
import { serveTenant } from '../../src/cli/serve/served-tenant.ts'
import { InfrastructureError } from '../../src/domain/trouble.ts'
import { isWithout } from '../without.ts'
import { folder } from './call.ts'
import { beginning, ORIGIN } from './data-folder-scene.ts'
import { type Server, serve, tokenOf } from './serve-scene.ts'

const group = (name: string) =>
  JSON.stringify({ displayName: name, mailEnabled: false, securityEnabled: true, description: 'x'.repeat(500) })

/** As a disk that takes no more than so many bytes of one file: the kernel refuses to write on. */
function limit(server: Server, bytes: number | 'unlimited'): void {
  const set = spawnSync('prlimit', ['--pid', String(server.child.pid), `--fsize=${bytes}:`])
  expect(String(set.stderr)).toBe('')
}

const groupsOf = async (server: Server, headers: Record<string, string>): Promise<string[]> => {
  const { value } = (await server.ask('GET', '/v1.0/groups?$top=999', '', headers)).json as {
    value: { displayName: string }[]
  }
  return value.map(({ displayName }) => displayName).filter((name) => name.startsWith('G'))
}

test.skipIf(isWithout('prlimit'))(
  'a full disk refuses with 507, the server stays, and accepts again when there is space',
  { timeout: 120_000 },
  async () => {
    const data = join(folder, 'state')
    const server = await serve('--data', data)
    const headers = await tokenOf(server)
    const accepted: string[] = []
    const post = async (name: string) => {
      const answer = await server.ask('POST', '/v1.0/groups', group(name), headers)
      if (answer.status === 201) accepted.push(name)
      return answer
    }
    for (const name of ['G1', 'G2']) expect((await post(name)).status).toBe(201)
    const log = join(data, 'requests.ndjson')
    const before = readFileSync(log, 'utf8')
    limit(server, before.length + 100)
    for (const name of ['G3', 'G4']) {
      expect(await post(name)).toEqual({
        status: 507,
        json: {
          error: 'insufficient_storage',
          error_description: expect.stringMatching(/disk .* is full: .*Free space/),
        },
      })
    }
    // Half a line is no request, and what is asked only is answered as before.
    expect(readFileSync(log, 'utf8')).toBe(before)
    expect(await groupsOf(server, headers)).toEqual(accepted)
    limit(server, 'unlimited')
    for (const name of ['G5', 'G6']) expect((await post(name)).status).toBe(201)
    server.child.kill('SIGKILL')
    const { stderr } = await server.ended
    expect(stderr).not.toMatch(/bug/)
    expect(stderr.match(/ERR_DISK_FULL: \S+requests\.ndjson cannot be written: the disk is full/g)).toHaveLength(1)
    expect(stderr).toMatch(/the data folder can be written again/)

    const second = await serve('--data', data, '--port', new URL(server.origin).port)
    expect(await groupsOf(second, headers)).toEqual(['G1', 'G2', 'G5', 'G6'])
    // A state that cannot be written at the end loses nothing: the requests are there.
    limit(second, statSync(log).size + 10)
    second.child.kill('SIGTERM')
    const ended = await second.ended
    expect(ended.code).toBe(0)
    expect(ended.stderr).toMatch(/ERR_DISK_FULL: \S+state\.json .*Nothing is lost/)
    const third = await serve('--data', data, '--port', new URL(server.origin).port)
    expect(await groupsOf(third, headers)).toEqual(['G1', 'G2', 'G5', 'G6'])
  },
)

test.each([
  ['ENOSPC', DISK_FULL, 507],
  ['EDQUOT', DISK_FULL, 507],
  ['EROFS', 'ERR_DATA_FOLDER', 503],
  ['EIO', 'ERR_DATA_FOLDER', 503],
])('%s is no bug: the request is refused before it changes anything', (reason, code, status) => {
  const trouble = Object.assign(new Error(reason), { code: reason })
  const fail = (): never =>
    writing('D', 'requests.ndjson', () => {
      throw trouble
    })
  expect(fail).toThrow(expect.objectContaining({ code, message: expect.stringContaining(reason) }))
  expect(fail).toThrow(InfrastructureError)
  const notes: string[] = []
  const data = { wantsSnapshot: false, record: fail, takeBack: fail, took() {}, snapshot: fail }
  const known = { beginning, state: undefined, requests: [] }
  const served = serveTenant(
    known,
    data,
    () => beginning.startedAt,
    (note) => notes.push(note),
  )
  const before = served.state()
  const body = new TextEncoder().encode('client_id=a&scope=openid')
  const url = `${ORIGIN}/organizations/oauth2/v2.0/devicecode`
  const answers = [1, 2].map(() => served.handle({ method: 'POST', url, headers: {}, body }, {}))
  expect(answers.map((answer) => answer.status)).toEqual([status, status])
  expect(served.state()).toEqual(before)
  expect(notes).toEqual([expect.stringContaining(`${code}: `)])
})
