import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { temporaryFolder } from '../cli/files.ts'
import { hasTmux, Terminal } from './tmux.ts'

describe.skipIf(!hasTmux && !process.env.CI)('oobe device new at a terminal', () => {
  async function asking() {
    const path = join(temporaryFolder(), 'mine.yaml')
    const terminal = new Terminal(120, 30)
    await terminal.start('device', 'new', '--out', path)
    await terminal.sees('Like which device (surface-laptop-se):')
    const answer = async (text: string, next: string) => {
      terminal.type(text)
      terminal.press('Enter')
      await terminal.sees(next)
    }
    return { terminal, path, answer }
  }

  test('asks, asks again what it cannot use, and writes', async () => {
    const { path, answer } = await asking()
    await answer('asus-br1100fka', 'Title:')
    await answer('My laptop', 'Serial number (empty: a synthetic one):')
    await answer('', 'Edition: SE, Home, Pro, Pro Education, Education, Enterprise:')
    await answer('', 'TPM: none, 1.2, firmware, discrete:')
    await answer('2.0', 'there is no TPM "2.0"')
    await answer('none', 'Ethernet: none, onboard, dongle:')
    await answer('dongle', 'it ended with 0')
    const { title, smbios, tpm, adapters } = loadDeviceFile(path)
    expect({ title, family: smbios.family, tpm, wired: adapters.at(-1)!.id }).toEqual({
      title: 'My laptop',
      family: 'ASUS BR1100FKA',
      tpm: undefined,
      wired: 'dongle',
    })
  })

  test('writes nothing when the person leaves', async () => {
    const { terminal, path } = await asking()
    terminal.press('C-c')
    await terminal.sees('it ended with 130')
    expect(existsSync(path)).toBe(false)
  })
})
