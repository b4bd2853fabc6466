import { whyLines } from '../journal/cause/lines.ts'
import { outcomeOf, outcomeText, verdictOf } from '../journal/outcome.ts'
import { durationOf, specIn } from '../journal/story.ts'
import { element, joinXml, leaf, type Xml } from '../protocols/xml/write.ts'
import { type Finished, isPassed, type NotPlayed, type Reporter } from './reporter.ts'

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
  const failures = finished.filter((one) => !isPassed(one) && !isError(one)).length
  const seconds = (finished.reduce((sum, { realMs }) => sum + realMs, 0) / 1000).toFixed(3)
  const counts = {
    tests: String(finished.length + notPlayed.length),
    failures: String(failures),
    errors: String(errors),
    skipped: String(notPlayed.length),
    time: seconds,
  }
  return element(
    'testsuites',
    { name: 'oobe-sim', ...counts },
    element('testsuite', { name: 'scenarios', ...counts }, ...finished.map(caseOf), ...notPlayed.map(skippedCase)),
  )
}

/** The scenario could not be judged, and it is not the scenario's failure. */
const isError = ({ broken }: Finished): boolean => broken !== undefined && broken.kind !== 'run'

const skippedCase = ({ id, file }: NotPlayed): Xml =>
  element(
    'testcase',
    { name: id, classname: file, time: '0.000' },
    element('skipped', { message: 'not played: the command was stopped before' }),
  )

function caseOf(one: Finished): Xml {
  const { id, file, realMs, journal, broken } = one
  const attributes = { name: cut(id), classname: cut(file), time: (realMs / 1000).toFixed(3) }
  if (broken) {
    return element(
      'testcase',
      attributes,
      leaf(isError(one) ? 'error' : 'failure', cut(broken.message), { message: cut(broken.code) }),
    )
  }
  const { failures, service } = verdictOf(journal)!
  const causes = whyLines(journal, id)
  const properties = element(
    'properties',
    {},
    element('property', { name: 'seed', value: String(specIn(journal)!.seed) }),
    element('property', { name: 'deviceSeconds', value: (durationOf(journal) / 1000).toFixed(3) }),
    element('property', { name: 'outcome', value: cut(outcomeText(outcomeOf(journal)!)) }),
    ...causes.map((cause) => element('property', { name: 'cause', value: cut(cause) })),
    ...(service
      ? [
          element('property', { name: 'service', value: cut(service.title) }),
          element('property', { name: 'requests', value: String(service.requests) }),
        ]
      : []),
  )
  const failed = failures.map((failure) =>
    leaf('failure', cut([failure, ...causes].join('\n')), { message: cut(failure) }),
  )
  return element('testcase', attributes, joinXml(properties, ...failed))
}
