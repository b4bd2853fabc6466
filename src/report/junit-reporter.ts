import { element, joinXml, leaf, type Xml } from '../protocols/xml/write.ts'
import { type Finished, isError, isKnown, type NotPlayed, type Reporter } from './reporter.ts'
import { againOf } from './sum-up.ts'

/** CI servers keep no more of a message; the whole of it is in the journal. */
const TEXT_MAX = 10_000
const cut = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}… (cut)` : text)

/** JUnit XML as CI servers read it. Times are real seconds; the device's time is a property. */
export function junitReporter(write: (xml: string) => void): Reporter {
  const finished: Finished[] = []
  const notPlayed: NotPlayed[] = []
  return {
    onFinished: (one) => void finished.push(one),
    onNotPlayed: (one) => void notPlayed.push(one),
    onEnd: () => write(`<?xml version="1.0" encoding="UTF-8"?>\n${suiteOf(finished, notPlayed)}\n`),
  }
}

function suiteOf(finished: Finished[], notPlayed: NotPlayed[]): Xml {
  const errors = finished.filter(isError).length
  const failures = finished.filter((one) => !one.passed && !isError(one)).length
  const seconds = (finished.reduce((sum, { realMs }) => sum + realMs, 0) / 1000).toFixed(3)
  const counts = {
    tests: String(finished.length + notPlayed.length),
    failures: String(failures),
    errors: String(errors),
    skipped: String(notPlayed.length + finished.filter(isKnown).length),
    time: seconds,
  }
  return element(
    'testsuites',
    { name: 'oobe-sim', ...counts },
    element('testsuite', { name: 'scenarios', ...counts }, ...finished.map(caseOf), ...notPlayed.map(skippedCase)),
  )
}

const skippedCase = ({ id, file, todo }: NotPlayed): Xml =>
  element(
    'testcase',
    { name: id, classname: file, time: '0.000' },
    element('skipped', {
      message: todo === undefined ? 'not played: the command was stopped before' : cut(`to do: ${todo}`),
    }),
  )

function caseOf(one: Finished): Xml {
  const { id, file, realMs, deviceMs, seed, outcome, failures, reason, service, screen, journal, broken, retries } = one
  const attributes = { name: cut(id), classname: cut(file), time: (realMs / 1000).toFixed(3), file: cut(file) }
  const property = (name: string, value: string | undefined): Xml[] =>
    value === undefined ? [] : [element('property', { name, value: cut(value) })]
  const properties = [
    ...property('seed', seed === undefined ? undefined : String(seed)),
    ...property('deviceSeconds', (deviceMs / 1000).toFixed(3)),
    ...property('outcome', outcome?.text),
    ...reason.flatMap((text) => property('cause', text)),
    ...property('service', service?.title),
    ...property('requests', service && String(service.requests)),
    ...property('journal', one.passed ? undefined : journal),
    ...property('retries', retries === undefined ? undefined : String(retries)),
  ]
  const failed = broken
    ? [leaf(isError(one) ? 'error' : 'failure', cut(broken.message), { message: cut(broken.code) })]
    : isKnown(one)
      ? [element('skipped', { message: cut(`known issue: ${one.knownIssue}`) })]
      : failures.map((failure) => leaf('failure', cut(failure), { message: cut(failure) }))
  // What a person would have seen, and how to see it again.
  const shown = one.passed ? [] : [...screen, ...againOf(one)]
  const output = shown.length > 0 ? [leaf('system-out', cut(shown.join('\n')))] : []
  return element('testcase', attributes, joinXml(element('properties', {}, ...properties), ...failed, ...output))
}
