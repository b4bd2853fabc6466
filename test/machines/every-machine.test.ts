import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { StateMeta } from '../../machines/page.ts'
import { isPageId, PAGE_IDS, PAGES } from '../../src/domain/pages.ts'
import { MACHINES } from './every-machine.ts'
import { nodesOf } from './scene.ts'

/** Statecharts that show a page of another one: the categories are parts of the Enrollment Status Page. */
const SHOWN_BY: Record<string, string[]> = {
  enrollmentStatus: ['devicePreparation', 'deviceSetup', 'accountSetup'],
}

const folder = new URL('../../machines/', import.meta.url)

test('every statechart of the folder is examined', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const ids = files.flatMap((file) => {
    const id = /createMachine\(\{\n {2}id: '(\w+)'/.exec(readFileSync(new URL(file, folder), 'utf8'))?.[1]
    return id ? [id] : []
  })
  expect(MACHINES.map(({ id }) => id).sort()).toEqual(ids.sort())
})

describe.each(MACHINES.map((machine) => ({ id: machine.id, nodes: nodesOf(machine.root) })))('$id', ({ id, nodes }) => {
  const pages = nodes.flatMap(({ path, meta }) => {
    const { page, sources } = (meta ?? {}) as Partial<StateMeta>
    return page === undefined ? [] : [{ state: path.join('.'), page, sources: sources ?? [] }]
  })

  test('every state that is not final says what it is, and where its facts come from', () => {
    const silent = nodes.filter(({ type, meta }) => type === 'atomic' && !(meta as StateMeta | undefined)?.sources)
    expect(silent.map(({ path }) => path.join('.'))).toEqual([])
  })

  test('every state that waits for a person shows a page', () => {
    const waiting = nodes.filter(({ meta }) => (meta as StateMeta | undefined)?.waitsForPerson)
    expect(waiting.filter(({ meta }) => !meta.page).map(({ path }) => path.join('.'))).toEqual([])
  })

  test('every page that it shows has sources', () => {
    expect(pages.filter(({ sources }) => sources.length === 0)).toEqual([])
  })

  test('every page that it shows is on the list, and its own', () => {
    const foreign = pages.filter(({ page }) => {
      if (!isPageId(page)) return true
      return PAGES[page].machine !== id && !SHOWN_BY[page]?.includes(id)
    })
    expect(foreign).toEqual([])
  })

  test('every state that a person can act in shows a page', () => {
    // `user.signedIn` is a fact that the run tells management, not a button.
    const isButton = (type: string) => type.startsWith('user.') && type !== 'user.signedIn'
    const listening = nodes.filter(({ ownEvents }) => ownEvents.some(isButton))
    expect(listening.filter(({ meta }) => !meta?.page).map(({ path }) => path.join('.'))).toEqual([])
  })
})

test.each(PAGE_IDS)('some state of its statechart shows %s', (page) => {
  const owner = MACHINES.find(({ id }) => id === PAGES[page].machine)
  expect(nodesOf(owner!.root).filter(({ meta }) => meta?.page === page).length).toBeGreaterThan(0)
})
