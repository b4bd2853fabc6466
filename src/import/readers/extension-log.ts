import { type AppFact, codeIn, type Reader, type Take } from '../facts.ts'

const OPEN = '<![LOG['
const CLOSE = ']LOG]!>'
/** What is behind the text of a line. No text of a line is longer than the limit. */
const BEHIND = /^<time="([\d:]{1,8})(?:\.(\d{1,9}))?[^"]{0,12}" date="(\d{1,2})-(\d{1,2})-(\d{4})"/
const TEXT_MAX = 64 * 1024

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i

/** States of an app, as the extension names them for the status page (oobe-autopilot-esp.md, 8.3 [F]). */
const STATES: Readonly<Record<string, AppFact['state']>> = {
  InProgress: 'installing',
  Installed: 'installed',
  Error: 'failed',
  Skipped: 'skipped',
}

/** `IntuneManagementExtension.log`, `AgentExecutor.log`, `AppWorkload.log`: the CMTrace format. */
export const extensionLogReader: Reader = {
  format: 'log of the management extension (CMTrace)',
  recognises: (head) => /<!\[LOG\[/.test(head),
  read({ text }, take) {
    const state: LogState = {}
    let records = 0
    let opened = 0
    // Line by line from its beginning to the next one: a text without an end costs no search to the end of the file.
    for (let at = text.indexOf(OPEN); at >= 0; ) {
      opened++
      const next = text.indexOf(OPEN, at + OPEN.length)
      const line = text.slice(at + OPEN.length, Math.min(next < 0 ? text.length : next, at + TEXT_MAX))
      at = next
      const end = line.indexOf(CLOSE)
      const [, clock = '', fraction = '', month = '', day = '', year = ''] =
        end < 0 ? [] : (BEHIND.exec(line.slice(end + CLOSE.length, end + CLOSE.length + 80)) ?? [])
      if (year === '') continue
      records++
      const time = Date.parse(
        `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}Z`,
      )
      recordOf(line.slice(0, end), Number.isNaN(time) ? undefined : time, state, take)
    }
    return opened > records ? [`${opened - records} of ${opened} lines are not whole`] : []
  },
}

/** What earlier lines said: an exit code follows the app that it is of. */
interface LogState {
  app?: string
  scope?: 'device' | 'user'
}

function recordOf(message: string, at: number | undefined, state: LogState, take: Take): void {
  const [, phase] = /\bEspPhase: (DeviceSetup|AccountSetup)/.exec(message) ?? []
  if (phase !== undefined) state.scope = phase === 'DeviceSetup' ? 'device' : 'user'
  const guid = GUID.exec(message)?.[0].toLowerCase()
  if (guid !== undefined && /Win32App|\bapp\b|application|installer/i.test(message)) state.app = guid
  const id = guid ?? state.app
  if (id === undefined) return
  const type = message.includes(`Script_${id}`) || /PowerShell script/.test(message) ? 'script' : 'win32'
  const app = { kind: 'app', type, id, ...(at === undefined ? {} : { at }) } as const
  const [, exit] = /\b(?:lp)?ExitCode\s*(?:is|=|:)?\s*(-?\d+)/i.exec(message) ?? []
  if (exit !== undefined) take({ ...app, exitCode: Number(exit) | 0 })
  if (guid === undefined) return
  const [, name] = /\b(?:name|appName)\s*[=:]?\s*'([^']{1,200})'/i.exec(message) ?? namedBefore(message, guid)
  const [, word] = /\b(?:to|is) (InProgress|Installed|Error|Skipped)\b/.exec(message) ?? []
  const said = word === undefined ? undefined : STATES[word]
  const [, ownExit] = /\bexit code (-?\d+)/.exec(message) ?? []
  const failed = ownExit !== undefined && /: failed\b/.test(message)
  if (name === undefined && said === undefined && !failed) return
  const code = failed ? codeIn(message) : undefined
  take({
    ...app,
    ...(phase === undefined ? {} : { scope: phase === 'DeviceSetup' ? 'device' : 'user' }),
    ...(name === undefined ? {} : { name }),
    ...(said === undefined ? {} : { state: said }),
    ...(failed ? { exitCode: Number(ownExit) | 0 } : {}),
    ...(code === undefined ? {} : { code }),
  })
}

/** `[Win32App] Safe Exam Browser (3b8a5c1e-…)`. */
const namedBefore = (message: string, guid: string): string[] => {
  const [, name] =
    /^(?:\[[^\]]*\]\s*)*([^[\]()]{1,200}?) \($/.exec(message.slice(0, message.toLowerCase().indexOf(guid))) ?? []
  return name === undefined || /[.:]$/.test(name) || /\bof\b/.test(name) ? [] : ['', name]
}
