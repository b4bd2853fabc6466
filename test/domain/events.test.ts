import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { eventLog } from '../../src/domain/event-log.ts'
import { EVENTS, type EventKey } from '../../src/domain/events.ts'
import type { JournalFact } from '../../src/domain/journal.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const events = Object.entries(EVENTS)

function logging() {
  const written: JournalFact[] = []
  return { written, log: eventLog({ write: (fact) => void written.push(fact) }) }
}

test('an event is written with its channel, id and level, and the fields of its sentence', () => {
  const { written, log } = logging()
  log('mdmEnrollSucceeded')
  log('sessionFailed', { code: '0x80072ee2', text: 'a {code} and a $& of the server' })
  log('profileAcquisitionStarted', { attempt: 1, attemptsMax: 3 })
  const management = 'Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider/Admin'
  expect(written).toEqual([
    { kind: 'log', channel: management, id: 72, level: 'information', text: 'MDM Enroll: Succeeded' },
    {
      kind: 'log',
      channel: management,
      id: 404,
      level: 'error',
      text: 'session failed: 0x80072ee2 a {code} and a $& of the server',
    },
    expect.objectContaining({ id: 160, text: 'profile acquisition, attempt 1 of 3' }),
  ])
})

test('a key or a field that is missing or misspelt does not compile', () => {
  const { log } = logging()
  // @ts-expect-error: no such key.
  expect(() => log('mdmEnrolSucceeded')).toThrow(TypeError)
  // @ts-expect-error: without its field.
  log('updateInstalled')
  // @ts-expect-error: a field by another name.
  log('updateInstalled', { name: 'KB5043080' })
  // @ts-expect-error: one field too many.
  log('updateInstalled', { title: 'KB5043080', code: '0' })
  // @ts-expect-error: a sentence without fields.
  log('mdmEnrollSucceeded', { provider: 'MS DM Server' })
})

test('an event has one key', () => {
  const sentences = events.map(([, { channel, id, text }]) => `${channel} ${id} ${text}`)
  expect(sentences.filter((sentence, index) => sentences.indexOf(sentence) !== index)).toEqual([])
})

const files = readdirSync(join(ROOT, 'src'), { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => join(entry.parentPath, entry.name))
  .filter((file) => relative(ROOT, file) !== 'src/domain/events.ts')
  .map((file) => ({ file: relative(ROOT, file), code: readFileSync(file, 'utf8') }))

test('every event is logged somewhere', () => {
  const unused = (Object.keys(EVENTS) as EventKey[]).filter(
    (key) => !files.some(({ code }) => code.includes(`'${key}'`)),
  )
  expect(unused).toEqual([])
})

test('no other file writes an event', () => {
  const writers = files.filter(({ code }) => code.includes("kind: 'log'")).map(({ file }) => file)
  expect(writers.sort()).toEqual(['src/domain/event-log.ts', 'src/domain/journal.ts'])
})

test('every source is a section of the notes, with its tag where it has one', () => {
  const notes = readFileSync(join(ROOT, 'docs/sources/oobe-autopilot-esp.md'), 'utf8')
  const sections = new Set([...notes.matchAll(/^#{1,4} (\d+(?:\.\d+)*)[.\s]/gm)].map(([, number]) => number))
  const wrong = events.filter(([, { source }]) => {
    const [, section] = /^(\d+(?:\.\d+)*)(?: \[[DSFMBCU]\])?$/.exec(source) ?? []
    return !sections.has(section)
  })
  expect(wrong).toEqual([])
})
