import { formatDuration } from '../domain/duration.ts'
import { changeText } from '../domain/network.ts'
import { orderText } from '../domain/server-act.ts'
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
  surroundings: ({ change }) => changeText(change),
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
  tpm: ({ condition, isSo }) => `the TPM: ${condition}${isSo ? '' : ' no more'}`,
  disk: ({ change }) => `the disk: ${Object.entries(change).map(([what, value]) => `${what} ${value}`)[0]}`,
  answer: ({ on, status }) => `${exchange(on)} is answered with ${status} in place of the service`,
  delay: ({ on, ms }) => `the answer to ${exchange(on)} is delayed by ${formatDuration(ms)}`,
  drop: ({ on }) => `the connection of ${exchange(on)} is cut`,
  hang: ({ on }) => `${exchange(on)} gets no answer`,
  corrupt: ({ on }) => `the answer to ${exchange(on)} arrives damaged`,
  tenantChange: ({ action }) => `administrator: ${actionText(action)}`,
  serverCommand: ({ order }) => `management server: ${orderText(order)}`,
  serverHold: ({ phase, isHeld }) =>
    `management server: ${isHeld ? 'does not release' : 'may release'} the ${phase} phase`,
  serverSilence: ({ isSilent }) => `management server: ${isSilent ? 'gives no answer' : 'answers again'}`,
  refusal: ({ csp, status, isRefused }) =>
    isRefused ? `the device answers ${csp} with ${status}` : `the device takes ${csp} again`,
  person: ({ who }) => (who === 'terminal' ? 'a person at the terminal takes over' : 'the scripted person takes over'),
  stop: () => 'the run is stopped',
}

export const stimulusText = (stimulus: Stimulus): string =>
  (TEXTS[stimulus.kind] as (stimulus: Stimulus) => string)(stimulus)
