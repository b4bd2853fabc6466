import { element, joinXml, leaf, type Xml } from '../protocols/xml/write.ts'
import { outcomeText } from '../scenario/verdict.ts'
import { type Finished, isPassed, type Reporter } from './reporter.ts'

/** JUnit XML as CI servers read it. Times are real seconds; the device's time is a property. */
export function junitReporter(write: (xml: string) => void): Reporter {
  const finished: Finished[] = []
  return {
    onFinished: (one) => void finished.push(one),
    onEnd: () => write(`<?xml version="1.0" encoding="UTF-8"?>\n${suiteOf(finished)}\n`),
  }
}

function suiteOf(finished: Finished[]): Xml {
  const failures = finished.filter((one) => 'result' in one && !isPassed(one)).length
  const errors = finished.filter((one) => 'error' in one).length
  const seconds = (finished.reduce((sum, { realMs }) => sum + realMs, 0) / 1000).toFixed(3)
  const counts = {
    tests: String(finished.length),
    failures: String(failures),
    errors: String(errors),
    time: seconds,
  }
  return element(
    'testsuites',
    { name: 'oobe-sim', ...counts },
    element('testsuite', { name: 'scenarios', ...counts }, ...finished.map(caseOf)),
  )
}

function caseOf(one: Finished): Xml {
  const attributes = { name: one.id, classname: 'scenarios', time: (one.realMs / 1000).toFixed(3) }
  if ('error' in one) {
    return element('testcase', attributes, leaf('error', one.error.message, { message: one.error.code }))
  }
  const { result } = one
  const properties = element(
    'properties',
    {},
    element('property', { name: 'seed', value: String(result.seed) }),
    element('property', { name: 'deviceSeconds', value: (result.durationMs / 1000).toFixed(3) }),
    element('property', { name: 'outcome', value: outcomeText(result.outcome) }),
  )
  const failed = result.failures.map((failure) => leaf('failure', failure, { message: failure }))
  return element('testcase', attributes, joinXml(properties, ...failed))
}
