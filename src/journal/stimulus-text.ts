import { formatDuration } from '../domain/duration.ts'
import type { ExchangeChoice, Stimulus, StimulusKind } from '../domain/stimulus.ts'
import { actionText } from '../domain/tenant-action.ts'

type Texts = { [Kind in StimulusKind]: (stimulus: Extract<Stimulus, { kind: Kind }>) => string }

const exchange = (on: ExchangeChoice): string => (typeof on === 'number' ? `request ${on}` : `the next request ${on}`)

const moved = (ms: number): string => `${ms < 0 ? '-' : '+'}${formatDuration(Math.abs(ms))}`

/** A stimulus in one line. A kind without a line here does not compile. */
const TEXTS: Texts = {
  press: ({ control }) => `presses ${control}`,
  keyChord: ({ keys }) => `presses ${keys}`,
  wait: ({ ms }) => `waits ${formatDuration(ms)}`,
  cable: ({ position }) => `cable ${position}`,
  radio: ({ position }) => `Wi-Fi ${position}`,
  uplink: ({ position }) => `network ${position}`,
  block: ({ host, isBlocked }) => `${host} ${isBlocked ? 'blocked' : 'reachable again'}`,
  power: ({ position }) => (position === undefined ? 'power cut' : `power ${position}`),
  lid: ({ position }) => `lid ${position}`,
  presence: ({ is }) => (is === 'away' ? 'the person leaves' : 'the person comes back'),
  becomes: ({ who }) => `${who} is at the device`,
  does: ({ answer }) =>
    typeof answer === 'string'
      ? `the person answers ${answer}`
      : `the person fills in ${Object.keys(answer).join(', ')}`,
  push: () => 'push of the management server',
  disconnect: () => 'work or school account disconnected',
  clockJump: ({ ms }) => `device clock ${moved(ms)}`,
  answer: ({ on, status }) => `${exchange(on)} is answered with ${status} in place of the service`,
  delay: ({ on, ms }) => `the answer to ${exchange(on)} is delayed by ${formatDuration(ms)}`,
  drop: ({ on }) => `the connection of ${exchange(on)} is cut`,
  hang: ({ on }) => `${exchange(on)} gets no answer`,
  corrupt: ({ on }) => `the answer to ${exchange(on)} arrives damaged`,
  tenantChange: ({ action }) => `administrator: ${actionText(action)}`,
  serverCommand: ({ order }) => `management server: ${order.command} ${order.uri}`,
  person: ({ who }) => (who === 'terminal' ? 'a person at the terminal takes over' : 'the scripted person takes over'),
  stop: () => 'the run is stopped',
}

export const stimulusText = (stimulus: Stimulus): string =>
  (TEXTS[stimulus.kind] as (stimulus: Stimulus) => string)(stimulus)
