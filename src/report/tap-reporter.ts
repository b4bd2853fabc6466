import type { WriteLine } from './line.ts'
import { reasonLine } from './reason.ts'
import { type Finished, isKnown, type Reporter } from './reporter.ts'
import { againOf } from './sum-up.ts'

/** Test Anything Protocol, version 14. */
export function tapReporter(write: WriteLine): Reporter {
  let count = 0
  return {
    onStart(cases) {
      write('TAP version 14')
      write(`1..${cases.length}`)
    },
    onFinished(one) {
      const todo = isKnown(one) ? ` # TODO known issue: ${described(one.knownIssue!)}` : ''
      write(`${one.passed && !isKnown(one) ? 'ok' : 'not ok'} ${++count} - ${described(one.id)}${todo}`)
      if (!one.passed) for (const line of diagnostics(one)) write(line)
    },
    onNotPlayed: ({ id, todo }) =>
      write(
        `ok ${++count} - ${described(id)} # SKIP ${todo === undefined ? 'not played' : `to do: ${described(todo)}`}`,
      ),
    onEnd({ stopped }) {
      if (stopped === 'signal') write('Bail out! stopped by a signal')
      if (stopped === 'bail') write('Bail out! stopped after the failures that --bail allows')
    },
  }
}

/** A number sign begins a directive. */
const described = (text: string): string =>
  text
    .replace(/[\r\n]+/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('#', '\\#')

/** A block of YAML: texts in JSON are YAML too. */
function diagnostics(one: Finished): string[] {
  const { failures, reason, screen, broken, file, seed, journal, outcome, realMs } = one
  const [message, ...more] = broken ? [`${broken.code}: ${broken.message}`] : failures
  const facts: [string, unknown][] = [
    ['message', message ?? 'it has no verdict'],
    ['severity', broken ? broken.kind : 'fail'],
    ['more', more],
    ['cause', reason.map(reasonLine)],
    ['outcome', outcome?.text],
    ['page', screen.join('\n')],
    ['file', file],
    ['seed', seed],
    ['journal', journal],
    ['again', againOf(one)[0]],
    ['duration_ms', Math.round(realMs)],
  ]
  const isTold = (value: unknown) =>
    value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  return [
    '  ---',
    ...facts.flatMap(([name, value]) => (isTold(value) ? [`  ${name}: ${JSON.stringify(value)}`] : [])),
    '  ...',
  ]
}
