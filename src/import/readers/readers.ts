import type { Reader } from '../facts.ts'
import { eventJsonReader } from './event-json.ts'
import { eventXmlReader } from './event-xml.ts'
import { extensionLogReader } from './extension-log.ts'
import { harReader } from './har.ts'
import { monitorSessionReader } from './monitor-session.ts'
import { registryReader } from './registry.ts'
import { dsregcmdReader, hashCsvReader, mdmReportReader, msiLogReader, profileReader } from './small-files.ts'
import { syncmlReader } from './syncml.ts'

/** Every format that is read: the first that recognises a file reads it. */
export const READERS: readonly Reader[] = [
  registryReader,
  eventXmlReader,
  mdmReportReader,
  extensionLogReader,
  harReader,
  profileReader,
  monitorSessionReader,
  eventJsonReader,
  syncmlReader,
  dsregcmdReader,
  hashCsvReader,
  msiLogReader,
]

/** What is known by its first bytes or its name, and not read: why, and what to do instead. */
const NOT_READ: readonly [is: (head: string, name: string) => boolean, why: string][] = [
  [
    (head) => head.startsWith('ElfFile'),
    'an event log (.evtx): save it as XML with "wevtutil query-events FILE /lf:true /f:xml /e:Events"',
  ],
  [(head) => head.startsWith('MSCF'), 'a cabinet: unpack it with "expand FILE -F:* DIR", and import the folder'],
  [(_, name) => /(^|\/)MdmLogCollectorFootPrint\.txt$/.test(name), 'the list of the files beside it'],
  [(_, name) => name.endsWith('DeliveryOptimization.txt'), 'totals of downloads: no line of it is needed'],
  [(_, name) => /\.etl$/i.test(name), 'a trace of Windows (.etl): no line of it is needed'],
  [(head) => head.startsWith('\x89PNG') || head.startsWith('\xff\xd8\xff'), 'a picture'],
  [(head) => head.startsWith('MZ'), 'a program: nothing is executed, and nothing is read from it'],
  [
    (head) => /^\s*\{"at":\d+,"seq":0,"kind":"run"/.test(head),
    'a journal of oobe-sim, which no device leaves: "oobe record" makes a scenario of it',
  ],
  [
    (head, name) => name.endsWith('manifest.json') && head.includes('"about": "Evidence of a simulated'),
    'the manifest of "oobe evidence", which no device leaves',
  ],
  [
    (_, name) => /setup(act|err)\.log$/i.test(name),
    'a log of Windows Setup: its sentences say nothing that the others do not',
  ],
  [(head) => /<!DOCTYPE html|<html[\s>]/i.test(head), 'a page for readers: the same is in the XML beside it'],
]

export const whyNotRead = (head: string, name: string): string | undefined =>
  NOT_READ.find(([is]) => is(head, name))?.[1]

export const readerOf = (head: string, name: string): Reader | undefined =>
  READERS.find((one) => one.recognises(head, name))
