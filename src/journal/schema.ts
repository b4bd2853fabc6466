import * as v from 'valibot'
import type { EventKey } from '../domain/events.ts'
import type { JournalEntry, JournalFact, JournalKind, Outcome } from '../domain/journal.ts'
import { EXTENSION_TYPES, JOURNAL_FORMAT } from '../domain/journal.ts'
import type { Slowness } from '../domain/network.ts'
import type { Stimulus, StimulusSource } from '../domain/stimulus.ts'
import { body, flag, headers, left, oneOf, page, screen, text, whole, why } from './schema-parts.ts'

const place = {
  at: v.pipe(v.number(), v.description('Virtual milliseconds since the run began.')),
  seq: whole('Its number, from 0.'),
}

const entry = <const Kind extends JournalKind, const Members extends v.ObjectEntries>(kind: Kind, members: Members) =>
  v.strictObject({ ...place, kind: v.literal(kind), ...members })

type SchemaOf<Kind extends JournalKind> = v.GenericSchema<unknown, Extract<JournalEntry, { kind: Kind }>>

const stimulus = v.pipe(
  v.looseObject({ kind: text('What it does: docs/world.md has the events, and `press` is a button of a page.') }),
  v.description('Its other members go with its kind; secrets are names.'),
) as unknown as v.GenericSchema<unknown, Stimulus>
const by = text('script, events.N (an event of the scenario), terminal or fork.') as unknown as v.GenericSchema<
  unknown,
  StimulusSource
>

const trouble = { code: text('Windows code, or one of ours.'), text: text('In words.') }
const ended = {
  managed: flag('A session was held.'),
  autopilot: flag('By an Autopilot profile.'),
  note: left(text('What is to be said besides.')),
}

/** By kind: one that is missing does not compile. */
const OUTCOMES = {
  desktop: v.strictObject({
    kind: v.literal('desktop'),
    account: oneOf(['standard', 'administrator'], 'What the person at the desktop is.'),
    ...ended,
  }),
  signInScreen: v.strictObject({
    kind: v.literal('signInScreen'),
    ...ended,
    isKioskLost: left(v.pipe(v.literal(true), v.description('The account of a kiosk should have signed in.'))),
  }),
  kiosk: v.strictObject({ kind: v.literal('kiosk'), shows: text('The app, or the apps.'), ...ended }),
  failed: v.strictObject({ kind: v.literal('failed'), page, ...trouble }),
  unanswered: v.strictObject({
    kind: v.literal('unanswered'),
    page,
    controls: v.array(v.string()),
    text: text('What the page asked for.'),
  }),
  stuck: v.strictObject({
    kind: v.literal('stuck'),
    state: text('Of the statechart.'),
    waitingFor: text('In words.'),
    since: whole('Virtual milliseconds.'),
    reason: left(text('A limit of the run that ended it.')),
  }),
  poweredOff: v.strictObject({ kind: v.literal('poweredOff') }),
  stopped: v.strictObject({ kind: v.literal('stopped') }),
} satisfies { [Kind in Outcome['kind']]: v.GenericSchema<unknown, Extract<Outcome, { kind: Kind }>> }

const outcome: v.GenericSchema<unknown, Outcome> = v.variant('kind', [
  OUTCOMES.desktop,
  OUTCOMES.signInScreen,
  OUTCOMES.kiosk,
  OUTCOMES.failed,
  OUTCOMES.unanswered,
  OUTCOMES.stuck,
  OUTCOMES.poweredOff,
  OUTCOMES.stopped,
])

/** The members of each kind of entry. A kind without a line here, or with other members than its type, does not compile. */
export const ENTRY_SCHEMAS: { readonly [Kind in JournalKind]: readonly SchemaOf<Kind>[] } = {
  run: [
    entry('run', {
      format: v.pipe(v.literal(JOURNAL_FORMAT), v.description('Of the journal. Another one is refused.')),
      spec: v.pipe(
        v.looseObject({
          product: text('Version of oobe-sim.'),
          scenario: text('Its id.'),
          title: text('Of the scenario.'),
          seed: whole('Decides all that is left to chance.'),
          startsAt: text('ISO 8601: the clock of the device at virtual time 0.'),
          device: v.looseObject({
            id: text('Of the device.'),
            title: text('Of the device.'),
            windows: v.looseObject({ edition: text('Of Windows.'), build: text('Of Windows.') }),
            smbios: v.looseObject({
              manufacturer: text('Of the device.'),
              productName: text('Of the device.'),
              serialNumber: text('Of the device.'),
            }),
            adapters: v.array(v.looseObject({ kind: text('ethernet or wifi.') })),
            tpm: left(v.looseObject({ version: v.string(), vendor: v.string(), kind: v.string() })),
          }),
          tenant: v.looseObject({ id: text('Of the tenant.'), name: text('Of the school.') }),
        }),
        v.description('The RunSpec: all that the run was made of. Its other members are for a replay.'),
      ),
    }),
  ],
  power: [
    entry('power', {
      event: oneOf(['on', 'restart', 'cut', 'reset', 'off'], 'What happens to the device.'),
      boot: whole('How often it has started, this start included.'),
      reason: left(text('Why.')),
    }),
  ],
  transition: [
    entry('transition', {
      machine: text('The statechart: docs/machines.md.'),
      from: left(text('State paths that were left.')),
      to: left(text('State paths that were entered.')),
      event: text('What it followed.'),
      taken: left(
        v.pipe(v.array(v.number()), v.description('Numbers of the transitions, as the statechart names them.')),
      ),
      ended: left(v.pipe(v.array(v.string()), v.description('Statecharts that ended with it.'))),
    }),
  ],
  screen: [
    entry('screen', {
      screen,
      isWaiting: left(v.pipe(v.literal(true), v.description('The page waits for a person.'))),
    }),
    entry('screen', { skipped: page, why }),
  ],
  stimulus: [
    entry('stimulus', {
      by,
      stimulus,
      step: left(whole('Of what came from outside: how many entries of the timeline had fired before.')),
    }),
  ],
  choice: [
    entry('choice', {
      choice: whole('Its number, from 0.'),
      of: v.pipe(v.array(v.string()), v.description('What could happen next.')),
      picked: whole('Index into `of`.'),
    }),
  ],
  network: [
    entry('network', {
      isOnline: flag('The device has a connection.'),
      via: oneOf(['ethernet', 'wifi', 'none'], 'The adapter that carries traffic.'),
      ssid: left(text('Of the Wi-Fi.')),
      bars: left(whole('Signal strength.')),
      cable: flag('It is in.'),
      radio: flag('It is on.'),
      uplink: flag('The school has internet.'),
      blocked: v.pipe(v.array(v.string()), v.description('Hosts that never answer.')),
      unresolved: left(v.pipe(v.array(v.string()), v.description('Names that do not resolve.'))),
      closedPorts: left(v.pipe(v.array(v.number()), v.description('Ports that are closed.'))),
      inspected: left(v.pipe(v.array(v.string()), v.description('Hosts whose TLS is inspected.'))),
      proxy: left(text('The proxy, or what it does.')),
      portal: left(flag('A portal came where there is none.')),
      slow: left(
        v.pipe(
          v.looseObject({}) as unknown as v.GenericSchema<unknown, Slowness>,
          v.description('How slow the network is.'),
        ),
      ),
      loss: left(v.pipe(v.number(), v.description('Of a hundred packets so many are lost.'))),
    }),
  ],
  device: [
    entry('device', {
      name: text('Of the computer.'),
      deviceId: text('32 hexadecimal digits: the DeviceID of the enrolment.'),
      isJoined: flag('It has a certificate of its join.'),
      managedBy: left(text('Provider id of the management account.')),
      privacy: left(
        v.pipe(
          v.strictObject({
            location: flag('Location.'),
            findMyDevice: flag('Find my device.'),
            diagnosticData: flag('Optional diagnostic data.'),
            inking: flag('Inking and typing.'),
            tailoredExperiences: flag('Tailored experiences.'),
            advertisingId: flag('Advertising ID.'),
          }),
          v.description('Which privacy settings the person has left on; left out until they were accepted.'),
        ),
      ),
    }),
  ],
  request: [
    entry('request', {
      id: whole('Of the exchange.'),
      method: text('Of HTTP.'),
      url: text('Masked where it holds a secret.'),
      bytes: whole('Of the body.'),
      operation: text('In the words of its specification: `MS-MDE2 Discover`.'),
      certificate: left(text('SHA-1 of the client certificate: its thumbprint.')),
      headers,
      body: left(body),
    }),
  ],
  response: [
    entry('response', {
      id: whole('Of the exchange.'),
      status: left(whole('Of HTTP.')),
      bytes: left(whole('Of the body.')),
      headers: left(headers),
      body: left(body),
      missing: left(whole('Bytes that the server announced and did not send.')),
      trouble: left(text('Windows code, when no answer came.')),
      by: left(
        oneOf(
          ['dns', 'port', 'proxy', 'inspection', 'portal', 'clock', 'loss', 'ipv6', 'authentication'],
          'What of the network stopped it, answered it, or held it up.',
        ),
      ),
    }),
  ],
  session: [
    entry('session', {
      session: whole('Its SessionID.'),
      event: oneOf(['begun', 'ended'], 'Which of its two entries this is.'),
      address: text('Of the server.'),
      startedBy: text('What began it.'),
      result: left(v.union([v.literal('held'), v.literal('aborted by the server'), v.strictObject(trouble)])),
      commands: left(whole('Commands that were answered.')),
      odd: left(
        v.pipe(
          v.array(v.strictObject({ message: whole('MsgID of the device.'), text: text('What is odd.') })),
          v.description('Answers against the rules that were carried out all the same.'),
        ),
      ),
    }),
  ],
  csp: [
    entry('csp', {
      by: oneOf(['server', 'device'], 'Who wrote or asked.'),
      command: text('Add, Replace, Delete, Get, Exec, Rollback.'),
      uri: text('LocURI.'),
      status: whole('OMA-DM status.'),
      value: left(text('In full; a secret is masked.')),
      effect: left(v.pipe(v.literal('none'), v.description('The node is kept, and nothing else follows from it.'))),
    }),
  ],
  app: [
    entry('app', {
      type: oneOf(
        ['msi', 'msix', 'office', ...EXTENSION_TYPES],
        'What installs it: the MSI CSP, the MSIX CSP; all others are of the management extension.',
      ),
      id: text('Product code, package family name, or id of the app.'),
      scope: oneOf(['device', 'user'], 'For whom.'),
      state: oneOf(
        ['downloading', 'waiting', 'downloaded', 'installing', 'installed', 'failed', 'skipped', 'uninstalled'],
        'A failure ends this attempt. Another attempt may follow.',
      ),
      attempt: whole('From 1 on.'),
      name: left(text('As the package has it.')),
      version: left(text('As the package has it.')),
      url: left(text('Of the package.')),
      exitCode: left(whole('Of the installer.')),
      code: left(text('Windows code of a failure.')),
      text: left(text('Why it failed, or was left out.')),
    }),
  ],
  tpm: [entry('tpm', { command: text('TPM2 command.'), code: whole('Response code; 0 is success.') })],
  log: [
    entry('log', {
      channel: text('Of the Windows event log; of a line of a log file, the name of the file: docs/events.md.'),
      id: whole('Event id; 0 of what has none.'),
      level: oneOf(['information', 'warning', 'error'], 'Of the event.'),
      text: text('The sentence.'),
      event: left(text('Its key in docs/events.md.') as unknown as v.GenericSchema<unknown, EventKey>),
      data: left(v.pipe(v.record(v.string(), v.string()), v.description('Fields of the sentence, in their order.'))),
    }),
  ],
  outcome: [entry('outcome', { outcome: v.pipe(outcome, v.description('How the run ended.')) })],
  verdict: [
    entry('verdict', {
      passed: flag('The run did what the scenario expects.'),
      failures: v.pipe(v.array(v.string()), v.description('Expectations that did not hold.')),
      causes: left(v.pipe(v.array(v.string()), v.description('Why management sessions failed.'))),
      service: left(v.strictObject({ title: text('Of a real service.'), requests: whole('That it answered.') })),
    }),
  ],
}

/** Every entry of a journal. */
export const journalSchema = v.pipe(
  v.union(Object.values(ENTRY_SCHEMAS).flat()) as v.GenericSchema<unknown, JournalEntry>,
  v.description('One line of journal.ndjson. Readers skip a kind that they do not know.'),
)

/** What is wrong with an entry; undefined where it is as its schema says. */
export function flawOf(candidate: JournalFact & { at: number; seq: number }): string | undefined {
  const results = ENTRY_SCHEMAS[candidate.kind].map((schema) => v.safeParse(schema as v.GenericSchema, candidate))
  if (results.some(({ success }) => success)) return undefined
  const issues = results[0]!.issues ?? []
  return issues.map((issue) => `${v.getDotPath(issue) ?? ''}: ${issue.message}`).join('; ')
}
