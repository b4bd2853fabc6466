import type { DeviceDefinition } from '../../../domain/device.ts'
import type { JournalEntry } from '../../../domain/journal.ts'
import { clock } from '../../rows/clock.ts'
import { Watched } from '../../watched.ts'
import { columns, type Item, Tree } from '../items.ts'
import type { Place } from '../model.ts'
import { oncePer, type Reading } from '../reading.ts'
import { STYLE, told } from '../style.ts'
import { addCspTree } from './csp-tree.ts'

const watchedIn = oncePer(({ spec, entries }) => {
  const watched = new Watched(spec)
  for (const entry of entries) watched.take(entry)
  return watched.snapshot()
})

/** What the screen showed at the end of a reading. */
export const snapshotIn = (reading: Reading) => watchedIn(reading)

/** Identity, TPM, network, disk, management tree, apps, and what the event log has. */
export function deviceItems(reading: Reading, place: Place): Item[] {
  const tree = new Tree(place)
  const { entries, spec } = reading
  const device = spec.device as unknown as DeviceDefinition
  const { identity, network } = watchedIn(reading)
  const name = identity.find(({ label }) => label === 'Name')?.value ?? ''
  branch(tree, 'Identity', name, true, () => {
    for (const { label, value } of identity) tree.fact(`identity ${label}`, label, value)
    tree.fact('identity uuid', 'SMBIOS UUID', device.smbios.uuid)
    tree.fact('identity key', 'Product key id', device.windows.productKeyId)
    for (const { id, name: adapter, mac } of device.adapters) tree.fact(`adapter ${id}`, id, `${adapter}, ${mac}`)
  })
  tpm(tree, device, entries)
  const via = network.via === 'none' ? 'not connected' : `${network.ssid ?? network.via}`
  branch(tree, 'Network', `${via}${network.isOnline ? ', online' : ''}`, false, () => {
    for (const entry of entries) {
      if (entry.kind !== 'network') continue
      const { at, seq, via: by, ssid, isOnline, cable, radio, uplink, blocked } = entry
      const where = `${ssid ?? by}${isOnline ? ', online' : ', offline'}`
      const switches = `cable ${cable ? 'in' : 'out'}, Wi-Fi ${radio ? 'on' : 'off'}${uplink ? '' : ', uplink down'}`
      tree.fact(
        `network ${seq}`,
        clock(at),
        `${where}; ${switches}${blocked.length ? `; blocked: ${blocked.join(', ')}` : ''}`,
      )
    }
  })
  disk(tree, device, entries)
  const writes = entries.filter((entry) => entry.kind === 'csp')
  branch(tree, 'Management tree', `${writes.length} commands; + new, ~ changed, - gone, ✗ refused`, true, () =>
    addCspTree(tree, entries),
  )
  apps(tree, entries)
  log(tree, entries)
  return tree.items()
}

function branch(tree: Tree, name: string, summary: string, isFirstOpen: boolean, below: () => void): void {
  tree.branch(`part ${name}`, [told(name, STYLE.key), told(`  ${summary}`, STYLE.quiet)], isFirstOpen, below)
}

function tpm(tree: Tree, { tpm: chip }: DeviceDefinition, entries: readonly JournalEntry[]): void {
  const commands = entries.filter((entry) => entry.kind === 'tpm')
  const summary = chip ? `${chip.version} ${chip.vendor}, ${commands.length} commands` : 'none'
  branch(tree, 'TPM', summary, false, () => {
    if (chip) {
      tree.fact('tpm kind', 'Kind', chip.kind)
      tree.fact('tpm firmware', 'Firmware', chip.firmware.join('.'))
      tree.fact('tpm certificate', 'Certificate of the endorsement key', chip.certificate)
      if (chip.faults?.length) tree.fact('tpm faults', 'What is wrong with it', chip.faults.join(', '))
    }
    for (const { seq, at, command, code } of commands) {
      const end = code === 0 ? told(' succeeded', STYLE.good) : told(` 0x${code.toString(16)}`, STYLE.bad)
      tree.leaf(`tpm ${seq}`, [told(`${clock(at)} `, STYLE.quiet), told(command), end])
    }
  })
}

const POWER: Record<string, string> = {
  on: 'starts',
  restart: 'restarts',
  cut: 'loses its power',
  reset: 'is reset',
  off: 'is switched off',
}

function disk(tree: Tree, { disk: facts }: DeviceDefinition, entries: readonly JournalEntry[]): void {
  const power = entries.filter((entry) => entry.kind === 'power')
  const boots = power.findLast(({ event }) => event === 'on')?.boot ?? 0
  branch(tree, 'Disk and power', `${facts.gb} GB ${facts.bus}, start ${boots}`, false, () => {
    for (const { path } of facts.files ?? []) tree.fact(`file ${path}`, 'File from the factory', path)
    for (const { seq, at, event, boot, reason } of power) {
      tree.fact(`power ${seq}`, clock(at), `${POWER[event] ?? event} (start ${boot})${reason ? `: ${reason}` : ''}`)
    }
  })
}

function apps(tree: Tree, entries: readonly JournalEntry[]): void {
  const byId = new Map<string, Extract<JournalEntry, { kind: 'app' }>[]>()
  for (const entry of entries) if (entry.kind === 'app') byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry])
  branch(tree, 'Apps', String(byId.size), false, () => {
    for (const [id, steps] of byId) {
      const { state } = steps.at(-1)!
      const name = steps.findLast((step) => step.name !== undefined)?.name ?? id
      const style = state === 'installed' ? STYLE.good : state === 'failed' ? STYLE.bad : STYLE.caution
      const history = steps.map(({ at, state: step, attempt, code, text }): [string, string] => [
        clock(at),
        `${step}${attempt > 1 ? `, try ${attempt}` : ''}${code ? `, ${code}` : ''}${text ? `: ${text}` : ''}`,
      ])
      tree.leaf(`app ${id}`, [told(name), told(` ${state}`, style), told(`  ${steps[0]!.type}`, STYLE.quiet)], {
        detail: (width) => columns([['id', id], ...history], width),
      })
    }
  })
}

function log(tree: Tree, entries: readonly JournalEntry[]): void {
  const events = entries.filter((entry) => entry.kind === 'log')
  branch(tree, 'Evidence: the event logs', `${events.length} events`, false, () => {
    for (const { seq, at, channel, id, level, text, data = {} } of events) {
      const style = level === 'error' ? STYLE.bad : level === 'warning' ? STYLE.caution : {}
      tree.leaf(`log ${seq}`, [told(`${clock(at)} `, STYLE.quiet), told(`${id === 0 ? '' : `${id} `}${text}`, style)], {
        detail: (width) =>
          columns([['channel', channel], ['level', level], ['text', text], ...Object.entries(data)], width),
      })
    }
  })
}
