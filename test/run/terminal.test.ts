import { expect, test } from 'vitest'
import type { JournalEntry } from '../../src/domain/journal.ts'
import type { Screen } from '../../src/domain/screen.ts'
import { journalText } from '../../src/journal/writer.ts'
import { AdjustablePace } from '../../src/ports/pace.ts'
import { WAIT } from '../../src/run/person.ts'
import { judged, prepareSealed } from '../../src/scenario/run-scenario.ts'
import { ScriptedPerson } from '../../src/scenario/scripted-person.ts'
import { entriesOf, recordOf, replayOf, sealedScenario } from './recorded.ts'

const NAME = 'surface-wifi-happy-path'
const PERSON = {
  region: 'United States',
  keyboard: 'US',
  secondKeyboard: 'skip',
  network: { wifi: 'Contoso-Students', key: 'learn-anywhere' },
  signIn: [
    { email: 'alice@contoso.example', password: 'a wrong word' },
    { email: 'alice@contoso.example', password: 'correct-horse' },
  ],
  welcome: { password: 'correct-horse' },
}

/** A person at the terminal, in real time of no fixed length. @param switches whether they also pull the cable and switch the radio */
async function sessionByHand({ speed, switches }: { speed: number; switches: boolean }) {
  const sealed = sealedScenario(NAME)
  const vault = { ...sealed.vault }
  let isWaiting = false
  const pace = new AdjustablePace(speed, () => isWaiting)
  const prepared = await prepareSealed(sealed, {
    transport: 'direct',
    pace,
    isLive: true,
    onSecret: (name, value) => {
      vault[name] = value
    },
  })
  const { run, release } = prepared
  let person = new ScriptedPerson(PERSON)
  let hasSwitched = !switches
  const answer = (screen: Screen) => {
    let action = person.answer(screen)
    if (!action) {
      // Pages may come again, and a slow machine may let a time limit pass.
      person = new ScriptedPerson({ ...PERSON, signIn: PERSON.signIn[1], enrollmentStatusFailure: 'tryAgain' })
      action = person.answer(screen)
    }
    if (action && action !== WAIT && 'control' in action) run.apply({ kind: 'press', ...action }, 'terminal')
  }
  run.journal.onEntry((entry) => {
    if (entry.kind === 'screen' && 'screen' in entry) isWaiting = entry.isWaiting === true
    if (entry.kind === 'power' || entry.kind === 'outcome') isWaiting = false
    pace.changed()
    if (entry.kind === 'screen' && 'screen' in entry && entry.isWaiting) {
      setTimeout(() => answer(entry.screen), Math.random() * 5)
    }
    if (entry.kind === 'transition' && entry.machine === 'deviceSetup' && !hasSwitched) {
      hasSwitched = true
      run.apply({ kind: 'radio', position: 'off' }, 'terminal')
      run.apply({ kind: 'cable', position: 'out' }, 'terminal')
      setTimeout(() => run.apply({ kind: 'radio', position: 'on' }, 'terminal'), 4)
    }
  })
  run.apply({ kind: 'person', who: 'terminal' }, 'terminal')
  try {
    const result = judged(prepared, sealed.spec, await run.play())
    return { result, text: journalText(run.journal.entries), vault }
  } finally {
    release()
  }
}

test('a session by hand, with cable, radio and a wrong password, is played again byte by byte', async () => {
  const { result, text, vault } = await sessionByHand({ speed: 3_000, switches: true })
  const kinds = entriesOf(text).flatMap((entry) => (entry.kind === 'stimulus' ? [entry.stimulus.kind] : []))
  expect(kinds).toEqual(expect.arrayContaining(['person', 'press', 'radio', 'cable']))
  expect(result.outcome.kind).toBe('desktop')
  expect(await replayOf({ text, vault })).toBe(text)
})

test('ends with the entries of a scripted run, begins with its RunSpec, and names what was typed', async () => {
  const { text, vault } = await sessionByHand({ speed: Number.POSITIVE_INFINITY, switches: false })
  const scripted = entriesOf((await recordOf(sealedScenario(NAME))).text)
  const byHand = entriesOf(text)
  expect(byHand[0]).toEqual(scripted[0])
  const end = (entries: JournalEntry[]) => entries.slice(-2).map((entry) => ({ ...entry, at: 0, seq: 0 }))
  expect(end(byHand)).toEqual(end(scripted))
  expect(text).not.toMatch(/a wrong word|correct-horse/)
  expect(Object.entries(vault).filter(([name]) => name.startsWith('typed.'))).toEqual([['typed.0', 'a wrong word']])
})
