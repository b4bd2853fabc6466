import { beforeEach, describe, expect, test } from 'vitest'
import { CspTree } from '../../../src/device/csp/csp-tree.ts'
import type { Command, Item, NodeCommand, SyncMLMessage } from '../../../src/protocols/syncml/message.ts'
import { type AnswerOptions, answerCommands, type CommandTarget } from '../../../src/service/oma-dm/commands.ts'

const POLICY = './Device/Vendor/MSFT/Policy/Config/A'
const OTHER = './Device/Vendor/MSFT/Policy/Config/B/X'
const UNKNOWN = './Device/Vendor/MSFT/Nonsense'
const MSI = './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/%7BA%7D/DownloadInstall'

let tree: CspTree
let target: CommandTarget
let executed: string[]

beforeEach(() => {
  tree = new CspTree({ write: () => {} })
  executed = []
  target = {
    get: (uri) => tree.get(uri),
    add: (uri, format, value) => tree.add(uri, format, value),
    replace: (uri, format, value) => tree.replace(uri, format, value),
    delete: (uri) => tree.delete(uri),
    exec: (uri) => ({
      ...tree.exec(uri, () => {
        executed.push(uri)
        return 202
      }),
      isIrrevocable: true,
    }),
    atomically: (act) => tree.atomically(act),
  }
})

let id = 1
const item = (uri: string, data?: string): Item => ({ target: uri, ...(data === undefined ? {} : { data }) })
const node = (kind: NodeCommand['kind'], ...items: Item[]): NodeCommand => ({ kind, cmdId: String(id++), items })
const add = (uri: string, data = 'x') => node('Add', item(uri, data))
const replace = (uri: string, data = 'x') => node('Replace', item(uri, data))
const get = (uri: string) => node('Get', item(uri))
const exec = (uri: string) => node('Exec', item(uri, '<job/>'))
const container = (kind: 'Atomic' | 'Sequence', ...commands: Command[]): Command => ({
  kind,
  cmdId: String(id++),
  commands,
})
const alert = (data: string): Command => ({ kind: 'Alert', cmdId: String(id++), data, items: [] })

function answer(commands: Command[], options: AnswerOptions = {}, msgId = '1') {
  const message: SyncMLMessage = {
    header: { sessionId: '1', msgId, target: 'd', source: 's' },
    commands,
    final: true,
  }
  return answerCommands(message, target, options)
}

/** `Cmd status`, and `→ uri` of what has a TargetRef; results as `uri = data`. */
function told(...commands: Command[]): string[] {
  return answer(commands).commands.flatMap((one) => {
    if (one.kind === 'Status') return [`${one.cmd} ${one.data}${one.targetRef ? ` → ${one.targetRef}` : ''}`]
    if (one.kind === 'Results') return one.items.map(({ source, data }) => `${source} = ${data}`)
    return [one.kind]
  })
}

describe('one status for each command, in order', () => {
  test('the header first, then each command with its own id and the id of the received message [points 32, 33]', () => {
    const commands = [add(`${POLICY}/X`), get(UNKNOWN), alert('1224')]
    const { commands: statuses, count } = answer(commands, {}, '17')
    expect(count).toBe(3)
    expect(statuses.map((one) => one.kind === 'Status' && [one.msgRef, one.cmdRef, one.cmd])).toEqual([
      ['17', '0', 'SyncHdr'],
      ['17', commands[0]!.cmdId, 'Add'],
      ['17', commands[1]!.cmdId, 'Get'],
      ['17', commands[2]!.cmdId, 'Alert'],
    ])
  })

  test('results only behind a Get that found something [point 33]', () => {
    tree.add(`${POLICY}/X`, 'chr', 'found')
    expect(told(get(`${POLICY}/Y`), get(`${POLICY}/X`))).toEqual([
      'SyncHdr 200',
      'Get 404',
      'Get 200',
      `${POLICY}/X = found`,
    ])
  })

  test('an interior node is a list of its children, encoded [point 36]', () => {
    tree.add(`${POLICY}/a%20b`, 'chr', '1')
    tree.add(`${POLICY}/c`, 'chr', '2')
    expect(told(get(POLICY))).toEqual(['SyncHdr 200', 'Get 200', `${POLICY} = a%20b/c`])
  })

  test('items that fare alike have one status, others one each with its target [point 40]', () => {
    expect(told(node('Add', item(`${POLICY}/1`), item(`${POLICY}/2`)))).toEqual(['SyncHdr 200', 'Add 200'])
    expect(told(node('Add', item(`${POLICY}/2`), item(`${POLICY}/3`), item(UNKNOWN)))).toEqual([
      'SyncHdr 200',
      `Add 418 → ${POLICY}/2`,
      `Add 200 → ${POLICY}/3`,
      `Add 404 → ${UNKNOWN}`,
    ])
  })

  test('of several items that a Get asks for, those that are there come in one Results', () => {
    tree.add(`${POLICY}/X`, 'chr', '1')
    tree.add(`${POLICY}/Y`, 'chr', '2')
    expect(told(node('Get', item(`${POLICY}/X`), item(UNKNOWN), item(`${POLICY}/Y`)))).toEqual([
      'SyncHdr 200',
      `Get 200 → ${POLICY}/X`,
      `Get 404 → ${UNKNOWN}`,
      `Get 200 → ${POLICY}/Y`,
      `${POLICY}/X = 1`,
      `${POLICY}/Y = 2`,
    ])
  })

  test('what is unknown is 400, and so is a command without an item or a target', () => {
    const copy: Command = { kind: 'Unknown', name: 'Copy', cmdId: '90' }
    const nameless: Command = { kind: 'Unknown', name: 'Get' }
    expect(told(copy, nameless, node('Delete'), node('Get', {}))).toEqual([
      'SyncHdr 200',
      'Copy 400',
      'Get 400',
      'Delete 400',
      'Get 400',
    ])
  })

  test('statuses and results of the server are not answered', () => {
    const commands: Command[] = [
      { kind: 'Status', cmdId: '1', msgRef: '1', cmdRef: '0', cmd: 'SyncHdr', data: '200' },
      { kind: 'Results', cmdId: '2', msgRef: '1', cmdRef: '2', items: [] },
    ]
    expect(answer(commands)).toMatchObject({ count: 0, commands: [{ cmd: 'SyncHdr' }] })
  })

  test('an Exec that continues after its answer is 202 [point 39]', () => {
    expect(told(exec(MSI))).toEqual(['SyncHdr 200', 'Exec 202'])
    expect(executed).toEqual([MSI])
  })

  test('1223 ends the session, another alert does not', () => {
    expect([answer([alert('1223')]).isAborted, answer([alert('1224')]).isAborted]).toEqual([true, false])
  })
})

describe('original errors', () => {
  const errors = (options: AnswerOptions) =>
    answer([get(UNKNOWN), node('Delete', item(MSI.replace('DownloadInstall', 'Status'))), add(POLICY)], options)
      .commands.filter((one) => one.kind === 'Status')
      .map((one) => [one.data, one.originalError])

  test('are beside the statuses that have one [point 37]', () => {
    expect(errors({ hasOriginalErrors: true })).toEqual([
      ['200', undefined],
      ['404', '0x86000002'],
      ['405', '0x86000011'],
      ['404', '0x86000002'],
    ])
  })

  test('are left out before SyncApplicationVersion 3 [point 37]', () => {
    expect(errors({}).map(([, error]) => error)).toEqual([undefined, undefined, undefined, undefined])
  })
})

describe('Sequence', () => {
  test('runs in order, and continues after a failure [point 39]', () => {
    expect(
      told(
        container('Sequence', add(`${POLICY}/X`, '1'), add(UNKNOWN), replace(`${POLICY}/X`, '2'), get(`${POLICY}/X`)),
      ),
    ).toEqual(['SyncHdr 200', 'Sequence 200', 'Add 200', 'Add 404', 'Replace 200', 'Get 200', `${POLICY}/X = 2`])
  })
})

describe('Atomic', () => {
  test('that succeeds is 200, each child with its own status [point 38]', () => {
    expect(told(container('Atomic', add(`${POLICY}/X`), replace(OTHER, 'y')))).toEqual([
      'SyncHdr 200',
      'Atomic 200',
      'Add 200',
      'Replace 200',
    ])
    expect([tree.read(`${POLICY}/X`), tree.read(OTHER)]).toEqual(['x', 'y'])
  })

  test('that fails leaves the tree as it was: 507, 216, the code of the failure, 215 [point 38]', () => {
    tree.add(OTHER, 'chr', 'before')
    const shown = told(
      container(
        'Atomic',
        add(`${POLICY}/X`),
        replace(OTHER, 'after'),
        node('Delete', item(UNKNOWN)),
        add(`${POLICY}/Y`),
      ),
    )
    expect(shown).toEqual(['SyncHdr 200', 'Atomic 507', 'Add 216', 'Replace 216', 'Delete 404', 'Add 215'])
    expect([tree.read(`${POLICY}/X`), tree.read(OTHER), tree.read(`${POLICY}/Y`)]).toEqual([
      undefined,
      'before',
      undefined,
    ])
  })

  test('takes back a Delete', () => {
    tree.add(OTHER, 'chr', 'kept')
    expect(told(container('Atomic', node('Delete', item(OTHER)), add(UNKNOWN)))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Delete 216',
      'Add 404',
    ])
    expect(tree.read(OTHER)).toBe('kept')
  })

  test('what cannot be taken back is 516 [point 38]', () => {
    expect(told(container('Atomic', add(`${POLICY}/X`), exec(MSI), add(UNKNOWN)))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Add 216',
      'Exec 516',
      'Add 404',
    ])
  })

  test('inside another is 500, and the outer 507 [point 38]', () => {
    expect(told(container('Atomic', add(`${POLICY}/X`), container('Atomic', add(OTHER)), add(`${POLICY}/Y`)))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Add 216',
      'Atomic 500',
      'Add 215',
      'Add 215',
    ])
    expect([tree.has(`${POLICY}/X`), tree.has(OTHER)]).toEqual([false, false])
  })

  test('a Get inside is 500, without results [point 38]', () => {
    tree.add(OTHER, 'chr', 'x')
    expect(told(container('Atomic', add(`${POLICY}/X`), get(OTHER)))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Add 216',
      'Get 500',
    ])
  })

  test('a Sequence inside is part of it', () => {
    expect(told(container('Atomic', container('Sequence', add(`${POLICY}/X`), add(UNKNOWN)), add(OTHER)))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Sequence 216',
      'Add 216',
      'Add 404',
      'Add 215',
    ])
    expect(tree.has(`${POLICY}/X`)).toBe(false)
  })

  test('the items of one command stop at the first that fails', () => {
    const items = [item(`${POLICY}/X`), item(UNKNOWN), item(OTHER)]
    expect(told(container('Atomic', node('Add', ...items)))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      `Add 216 → ${POLICY}/X`,
      `Add 404 → ${UNKNOWN}`,
      `Add 215 → ${OTHER}`,
    ])
  })

  test('Add and Replace of one node are not supported together', () => {
    expect(told(container('Atomic', add(OTHER), replace(OTHER, 'y')))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Add 216',
      'Replace 406',
    ])
  })

  test('an unknown command inside fails it', () => {
    expect(told(container('Atomic', add(OTHER), { kind: 'Unknown', name: 'Copy', cmdId: '99' }))).toEqual([
      'SyncHdr 200',
      'Atomic 507',
      'Add 216',
      'Copy 400',
    ])
  })

  test('it is announced only when it is certain, and a failed one is not announced', () => {
    const seen: (string | undefined)[] = []
    tree.onChange(() => seen.push(tree.read(OTHER)))
    told(container('Atomic', add(OTHER, '1'), add(`${POLICY}/X`)))
    told(container('Atomic', replace(OTHER, '2'), add(UNKNOWN)))
    expect(seen).toEqual(['1'])
  })
})

test('a Get with ?list=StructData is one Results with an item for each node, and interior ones have no data', () => {
  tree.add(`${POLICY}/B`, 'int', '7')
  const [, status, results] = answer([get(`${POLICY}?list=StructData`)]).commands
  expect(status).toMatchObject({ kind: 'Status', cmd: 'Get', data: '200' })
  expect(results).toMatchObject({ kind: 'Results' })
  expect(results && 'items' in results && results.items).toEqual([
    { source: POLICY, meta: { format: 'node' } },
    { source: `${POLICY}/B`, meta: { format: 'int' }, data: '7' },
  ])
})
