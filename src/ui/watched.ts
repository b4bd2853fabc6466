import type { DeviceFact, JournalEntry, NetworkFact, PowerFact, RecordedSpec } from '../domain/journal.ts'
import { type LanguageId, languageOfTag } from '../domain/languages.ts'
import type { Screen } from '../domain/screen.ts'
import { ActiveStates } from '../journal/path.ts'
import type { SessionSnapshot } from './session.ts'

const KEPT = 40

/** What is to be seen behind an event of the power, until a page comes. */
const DARK: Readonly<Record<PowerFact['event'], NonNullable<SessionSnapshot['dark']>>> = {
  on: 'start',
  restart: 'restart',
  reset: 'restart',
  cut: 'off',
  off: 'off',
}

/** What of a snapshot a journal alone tells. */
export type WatchedSnapshot = Pick<
  SessionSnapshot,
  'screen' | 'language' | 'since' | 'dark' | 'device' | 'states' | 'transitions' | 'requests' | 'identity' | 'network'
>

/** A device as its journal shows it, entry by entry: of a run that is under way, or of a finished one. */
export class Watched {
  readonly #spec: RecordedSpec
  readonly #transitions: SessionSnapshot['transitions'] = []
  readonly #requests: (SessionSnapshot['requests'][number] & { id: number })[] = []
  readonly #states = new ActiveStates()
  #network: NetworkFact | undefined
  #device: DeviceFact | undefined
  #screen: Screen | null = null
  #language: LanguageId | undefined
  #isWaiting = false
  #isOff = false
  #since = 0
  #dark: NonNullable<SessionSnapshot['dark']> = 'start'
  #shown = ''

  constructor(spec: RecordedSpec) {
    this.#spec = spec
    this.#language = this.#installed()
  }

  /** The language of a device in which none was chosen; undefined for English. */
  #installed(): LanguageId | undefined {
    // The journal has the whole device; its format promises less.
    const { languages } = this.#spec.device.windows as { languages?: readonly string[] }
    const id = languageOfTag(languages?.[0] ?? 'en')
    return id === 'en' ? undefined : id
  }

  get screen(): Screen | null {
    return this.#screen
  }

  /** True while the page on the screen waits for a person. */
  get isWaiting(): boolean {
    return this.#isWaiting
  }

  get isOff(): boolean {
    return this.#isOff
  }

  get hasCable(): boolean {
    return this.#network?.cable === true
  }

  get hasRadio(): boolean {
    return this.#network?.radio === true
  }

  take(entry: JournalEntry): void {
    this.#states.take(entry)
    switch (entry.kind) {
      case 'screen':
        if ('skipped' in entry) break
        this.#screen = entry.screen
        this.#language = entry.screen.language
        this.#begin(`${entry.screen.page}/${entry.screen.step ?? ''}`, entry.at)
        this.#isWaiting = entry.isWaiting === true
        break
      case 'power':
        this.#isOff = entry.event === 'off'
        this.#begin(`power ${entry.event}`, entry.at)
        this.#dark = DARK[entry.event]
        if (entry.event !== 'on') this.#screen = null
        // A device that was reset has forgotten what was chosen.
        if (entry.event === 'reset') this.#language = this.#installed()
        if (entry.event !== 'on') this.#isWaiting = false
        break
      case 'network':
        this.#network = entry
        break
      case 'device':
        this.#device = entry
        break
      case 'transition':
        if (entry.to === undefined) break
        keep(this.#transitions, { at: entry.at, text: `${entry.machine}: ${entry.from ?? '·'} → ${entry.to}` })
        break
      case 'request': {
        const { id, at, operation, url } = entry
        keep(this.#requests, { id, at, operation, url, result: '' })
        break
      }
      case 'response': {
        const request = this.#requests.find(({ id }) => id === entry.id)
        if (request) request.result = entry.status === undefined ? (entry.trouble ?? '') : String(entry.status)
        break
      }
      case 'outcome':
        if (entry.outcome.kind !== 'stopped') this.#isWaiting = false
        break
      default:
        break
    }
  }

  #begin(shown: string, at: number): void {
    if (shown === this.#shown) return
    this.#shown = shown
    this.#since = at
  }

  snapshot(): WatchedSnapshot {
    const { adapters, title } = this.#spec.device
    const { via = 'none', ssid, bars, isOnline = false, cable = false, radio = true } = this.#network ?? {}
    const has = (kind: string): boolean => adapters.some((adapter) => adapter.kind === kind)
    return {
      screen: this.#screen,
      ...(this.#language === undefined ? {} : { language: this.#language }),
      since: this.#since,
      ...(this.#screen === null ? { dark: this.#dark } : {}),
      device: title,
      states: this.#states.list(),
      transitions: this.#transitions,
      requests: this.#requests,
      identity: this.#identity(),
      network: {
        via,
        ...(ssid === undefined ? {} : { ssid }),
        ...(bars === undefined ? {} : { bars }),
        isOnline,
        hasEthernet: has('ethernet'),
        hasWifi: has('wifi'),
        cable,
        radio,
      },
    }
  }

  #identity(): SessionSnapshot['identity'] {
    const { smbios, windows, tpm } = this.#spec.device
    const { name = '', deviceId = '', isJoined = false, managedBy = 'nothing' } = this.#device ?? {}
    return [
      { label: 'Name', value: name },
      { label: 'Model', value: `${smbios.manufacturer} ${smbios.productName}` },
      { label: 'Serial', value: smbios.serialNumber },
      { label: 'Windows', value: `11 ${windows.edition} ${windows.build}` },
      { label: 'TPM', value: tpm ? `${tpm.version} ${tpm.vendor} (${tpm.kind})` : 'none' },
      { label: 'Device id', value: deviceId },
      { label: 'Joined', value: isJoined ? 'Microsoft Entra' : 'no' },
      { label: 'Managed by', value: managedBy },
    ]
  }
}

function keep<Line>(lines: Line[], line: Line): void {
  lines.push(line)
  if (lines.length > KEPT) lines.shift()
}
