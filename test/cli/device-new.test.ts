import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { askChoices } from '../../src/cli/device/ask-choices.ts'
import type { Choices } from '../../src/cli/device/new-device.ts'
import { factsOf, isUnder, provenanceOf } from '../../src/domain/provenance.ts'
import { UserError } from '../../src/domain/trouble.ts'
import { deviceFileText } from '../../src/scenario/device-file.ts'
import { loadDeviceFile, namesOf } from '../../src/scenario/library.ts'
import { call, expectRefused, file, folder } from './call.ts'

const made = async (...args: string[]) => {
  expect(await call('device', 'new', 'mine', ...args)).toMatchObject({ code: 0, stderr: '' })
  return loadDeviceFile(join(folder, 'devices/mine.yaml'))
}

describe('oobe device new', () => {
  test('writes a device that loads, and says what to do with it', async () => {
    const ended = await call('device', 'new', 'mine', '--seed', '7')
    const device = loadDeviceFile(join(folder, 'devices/mine.yaml'))
    expect(ended).toEqual({
      code: 0,
      stdout: `devices/mine.yaml written: like surface-laptop-se, serial number ${device.smbios.serialNumber}, seed 7\noobe boot mine\n`,
      stderr: '',
    })
    expect(device).toMatchObject({ id: 'mine', title: 'mine, like Microsoft Surface Laptop SE' })
    expect(readdirSync(join(folder, 'devices'))).toEqual(['mine.yaml'])
    expect((await call('device', 'show', 'mine')).code).toBe(0)
  })

  test.each(namesOf('device'))('makes one like %s, with nothing of its identity', async (like) => {
    const original = loadDeviceFile(like)
    const device = await made('--like', like, '--seed', '1')
    const { windows, smbios, disk, adapters, tpm } = device
    const own = [
      windows.productKeyId,
      windows.productKeyPartNumber,
      smbios.serialNumber,
      smbios.uuid,
      disk.serialNumber,
    ]
    const identity = [...own, ...adapters.map(({ mac }) => mac), tpm?.endorsementSeed ?? ''].filter(
      (text) => text !== '',
    )
    const text = JSON.stringify(original)
    expect(identity.filter((part) => text.includes(part))).toEqual([])
    expect(new Set(identity).size).toBe(identity.length)
    expect(smbios.uuid).toMatch(/^53494d00-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(smbios.serialNumber).toMatch(/^SIM-/)
    for (const { mac } of adapters) expect(mac).toMatch(/^02:53:49:4D:/)
    // All else is that of the other device, and so is where it comes from.
    const changed = factsOf(original).filter(({ path, value }) => valueAt(device, path) !== value)
    const allowed =
      /^(title|boardSwapOf|windows\.productKey\w+|smbios\.(serialNumber|uuid)|disk\.serialNumber|adapters\.\d+\.mac|tpm\.endorsementSeed)$/
    expect(changed.filter(({ path }) => !allowed.test(path))).toEqual([])
    expect(device.boardSwapOf).toBeUndefined()
    expect(provenanceOf(device.provenance, 'cpu.brand')).toEqual(provenanceOf(original.provenance, 'cpu.brand'))
    expectExplained(device)
  })

  test('writes the same file for the same arguments, and another for another seed or id', async () => {
    const textOf = async (id: string, seed: string) => {
      await call('device', 'new', id, '--seed', seed, '--force')
      return readFileSync(join(folder, `devices/${id}.yaml`), 'utf8')
    }
    const first = await textOf('mine', '7')
    expect(await textOf('mine', '7')).toBe(first)
    expect(await textOf('mine', '8')).not.toBe(first)
    expect((await textOf('yours', '7')).replaceAll('yours', 'mine')).not.toBe(first)
  })

  test('takes a fresh seed, which makes the same file again', async () => {
    const { stdout } = await call('device', 'new', 'mine')
    const path = join(folder, 'devices/mine.yaml')
    const text = readFileSync(path, 'utf8')
    await call('device', 'new', 'mine', '--force', '--seed', /seed (\d+)$/m.exec(stdout)![1]!)
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  test('takes the facts that it is given, and says that they were asked for', async () => {
    const options = ['--title', 'A "title": it\u0027s', '--serial', 'SIM-0', '--manufacturer', 'M', '--product', 'P']
    const device = await made(...options, '--edition', 'pro')
    expect(device).toMatchObject({
      title: 'A "title": it\u0027s',
      smbios: { serialNumber: 'SIM-0', manufacturer: 'M', productName: 'P' },
      windows: { edition: 'Pro' },
    })
    const asked = ['title', 'smbios.serialNumber', 'smbios.manufacturer', 'smbios.productName', 'windows.edition']
    for (const path of asked) {
      expect(provenanceOf(device.provenance, path)).toEqual({ tag: 'madeUp', source: 'asked for' })
    }
    expectExplained(device)
  })

  test.each([
    '['.repeat(60),
    "it's {{{ [[[ ".repeat(10),
    `# ${'{'.repeat(60)}`,
    `" ${"'{".repeat(50)}`,
    '? - '.repeat(50),
  ])('takes the title %j', async (title) => {
    expect((await made('--title', title)).title).toBe(title)
  })

  test.each<[string, string, object | undefined]>([
    ['surface-laptop-se', 'none', undefined],
    ['surface-laptop-se', '1.2', { version: '1.2', vendor: 'IFX', certificate: 'none' }],
    ['surface-laptop-se', 'discrete', { version: '2.0', vendor: 'IFX', kind: 'discrete', certificate: 'nv' }],
    ['surface-laptop-se', 'firmware', { vendor: 'INTC', firmware: [26_411_008, 0] }],
    ['asus-br1100cka', '1.2', { version: '1.2', vendor: 'IFX', firmware: [262_187, 0] }],
    ['asus-br1100fka', 'firmware', { version: '2.0', vendor: 'INTC', kind: 'firmware' }],
    ['asus-br1100fka', 'discrete', { vendor: 'NTC' }],
    ['lenovo-100w-gen-3', 'firmware', { vendor: 'AMD', kind: 'firmware' }],
    ['contoso-laptop-tpm-1-2', 'discrete', { version: '2.0', vendor: 'IFX' }],
    ['contoso-desktop-no-tpm', 'firmware', { version: '2.0', vendor: 'INTC' }],
    ['contoso-slate-arm', 'firmware', { vendor: 'QCOM' }],
  ])('gives a device like %s the TPM %s', async (like, choice, tpm) => {
    const device = await made('--like', like, '--tpm', choice)
    if (tpm === undefined) expect(device.tpm).toBeUndefined()
    else expect(device.tpm).toMatchObject(tpm)
    const before = loadDeviceFile(like).tpm
    const isKept = before?.vendor === device.tpm?.vendor && before?.version === device.tpm?.version
    if (device.tpm) expect(provenanceOf(device.provenance, 'tpm.vendor')!.source === 'asked for').toBe(!isKept)
    expectExplained(device)
  })

  test.each<[string, string, [string, boolean][]]>([
    ['asus-br1100fka', 'none', []],
    ['asus-br1100fka', 'dongle', [['usb', true]]],
    ['surface-laptop-se', 'onboard', [['pci', false]]],
    ['hyper-v-vm', 'dongle', [['usb', true]]],
  ])('gives a device like %s the Ethernet %s', async (like, choice, expected) => {
    const device = await made('--like', like, '--ethernet', choice)
    const wired = device.adapters.filter(({ kind }) => kind === 'ethernet')
    expect(wired.map(({ bus, removable }) => [bus ?? 'pci', removable])).toEqual(expected)
    const others = loadDeviceFile(like).adapters.filter(({ kind }) => kind !== 'ethernet')
    expect(device.adapters.filter(({ kind }) => kind !== 'ethernet').map(({ name }) => name)).toEqual(
      others.map(({ name }) => name),
    )
    expectExplained(device)
  })

  test('writes to the file that is asked for, with the schema where there is one', async () => {
    const path = file('school/device.schema.json', '{}').replace('device.schema.json', 'one.yaml')
    expect(await call('device', 'new', '--out', path)).toMatchObject({ code: 0, stdout: expect.stringContaining(path) })
    expect(readFileSync(path, 'utf8')).toMatch(/^# yaml-language-server: \$schema=\.\/device\.schema\.json\n# Made by/)
    expect(loadDeviceFile(path).id).toBe('one')
  })
})

describe('oobe device new refuses', () => {
  test.each<[string[], string, string]>([
    [[], 'ERR_BAD_ARGUMENTS: what is it to be called?', '  oobe device new my-laptop   writes devices/my-laptop.yaml'],
    [['a', 'b'], 'ERR_BAD_ARGUMENTS: one file at a time: a, b', ''],
    [['a', '--out', 'b.yaml'], 'ERR_BAD_ARGUMENTS: one file at a time: a, b.yaml', ''],
    [
      ['My Laptop'],
      'ERR_BAD_ARGUMENTS: "My Laptop" is no id of a device',
      '  lower-case letters, digits and hyphens, for example my-laptop',
    ],
    [['a/b.txt'], 'ERR_BAD_ARGUMENTS: the file of a device ends in .yaml: a/b.txt', ''],
    [['--out', 'a'], 'ERR_BAD_ARGUMENTS: the file of a device ends in .yaml: a', ''],
    [['surface-laptop-se'], 'ERR_FILE_EXISTS: "surface-laptop-se" is a device that is shipped', '  choose another id'],
    [['a', '--like', 'toaste-r'], 'ERR_NOT_FOUND: there is no device "toaste-r"', 'There are'],
    [['a', '--tpm', '2.0'], 'ERR_BAD_ARGUMENTS: there is no TPM "2.0"', '  one of: none, 1.2, firmware, discrete'],
    [
      ['a', '--edition', 'Server'],
      'ERR_BAD_ARGUMENTS: there is no edition "Server"',
      '  one of: SE, Home, Pro, Pro Education, Education, Enterprise',
    ],
    [['a', '--ethernet', 'yes'], 'ERR_BAD_ARGUMENTS: there is no Ethernet "yes"', '  one of: none, onboard, dongle'],
    [['a', '--seed', 'x'], 'ERR_BAD_SEED: "x" is no seed', '  a whole number from 0 on'],
    [['a', '--serial', 'Fläche'], 'ERR_FILE_INVALID: --serial: smbios.serialNumber: may hold printable ASCII only', ''],
    [
      ['a', '--product', ''],
      'ERR_BAD_ARGUMENTS: --product is empty',
      '  "oobe device new --help" tells what it may be',
    ],
    [
      ['a', '--manufacturer', 'x'.repeat(65)],
      'ERR_FILE_INVALID: --manufacturer: smbios.manufacturer: may have at most 64 characters',
      '',
    ],
    [['a', '--title', 'x'.repeat(201)], 'ERR_FILE_INVALID: --title: title: may have at most 200 characters', ''],
    [['a', '--title', 'x\ny'], 'ERR_FILE_INVALID: --title: title: may hold no control characters', ''],
    [
      ['a', '--sreial', 'x'],
      'ERR_UNKNOWN_OPTION: oobe device new has no option "--sreial"',
      '  Did you mean "--serial"?',
    ],
  ])('%j', async (args, message, detail) => {
    const ended = await call('device', 'new', ...args)
    if (detail === 'There are') expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
    else expectRefused(ended, message, ...(detail ? [detail] : []))
    expect(readdirSync(folder)).toEqual([])
  })

  test('to replace a file without the option for it', async () => {
    const path = file('devices/mine.yaml', 'mine')
    expectRefused(
      await call('device', 'new', 'mine'),
      'ERR_FILE_EXISTS: devices/mine.yaml exists already',
      '  --force replaces it',
    )
    expect(readFileSync(path, 'utf8')).toBe('mine')
    expect(await call('device', 'new', 'mine', '--force')).toMatchObject({ code: 0 })
    expect(loadDeviceFile(path).id).toBe('mine')
  })

  test('what it could not read again', async () => {
    const original = loadDeviceFile('surface-laptop-se')
    const padded = (length: number) => {
      const provenance = { ...original.provenance, 'cpu.brand': { tag: 'madeUp' as const, source: 'x'.repeat(length) } }
      return deviceFileText({ ...original, provenance }, 'large')
    }
    const like = file('like.yaml', padded(256 * 1024 - padded(0).length))
    expect(loadDeviceFile(like).id).toBe('like')
    const name = 'a-device-with-a-long-id-'.repeat(6)
    expectRefused(
      await call('device', 'new', `${name}x`, '--like', like),
      `ERR_YAML_TOO_LARGE: nothing is written, for it could not be read: devices/${name}x.yaml: larger than 256 KiB`,
    )
    expect(readdirSync(folder)).toEqual(['like.yaml'])
  })

  test('what cannot be written, and leaves nothing behind', async () => {
    mkdirSync(join(folder, 'devices/mine.yaml'), { recursive: true })
    const ended = await call('device', 'new', 'mine', '--force')
    expect(ended).toMatchObject({ code: 3, stderr: expect.stringMatching(/^error ERR_OUTPUT_NOT_WRITABLE: /) })
    expect(readdirSync(join(folder, 'devices'))).toEqual(['mine.yaml'])
    file('flat', '')
    expect(await call('device', 'new', 'flat/mine.yaml')).toMatchObject({ code: 3 })
    expect(existsSync(join(folder, 'flat/mine.yaml'))).toBe(false)
  })
})

describe('the questions at a terminal', () => {
  const asked = async (answers: (string | undefined)[], check: (choices: Choices) => void = () => {}) => {
    const complaints: string[] = []
    const left = [...answers]
    const choices = await askChoices(
      async () => left.shift(),
      (line) => complaints.push(line),
      check,
    )
    return { choices, complaints, left }
  }

  test('leave what is not answered', async () => {
    expect(await asked(['', '', '', '', ''])).toEqual({ choices: {}, complaints: [], left: [] })
  })

  test('take words in any case, and blanks around them', async () => {
    const { choices } = await asked([' A title ', 'SIM-1', 'pro education', 'Firmware', ' none'])
    expect(choices).toEqual({
      title: 'A title',
      serialNumber: 'SIM-1',
      edition: 'Pro Education',
      tpm: 'firmware',
      ethernet: 'none',
    })
  })

  test('come again after an answer that is none', async () => {
    const { choices, complaints } = await asked(['', '', '', '2.0', 'discrete', ''])
    expect(choices).toEqual({ tpm: 'discrete' })
    expect(complaints).toEqual(['  there is no TPM "2.0"', '  one of: none, 1.2, firmware, discrete'])
  })

  test('come again after an answer that no device may have', async () => {
    const check = ({ serialNumber = '' }: Choices) => {
      if (serialNumber === 'ü') throw new UserError('ERR_FILE_INVALID', 'not that')
    }
    expect(await asked(['', 'ü', 'u', '', '', ''], check)).toMatchObject({
      choices: { serialNumber: 'u' },
      complaints: ['  not that'],
    })
  })

  test('end when the person leaves', async () => {
    expect((await asked(['A title', undefined])).choices).toBeUndefined()
  })
})

function valueAt(device: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], device)
}

/** Every fact has its provenance, and nothing else has one. */
function expectExplained(device: ReturnType<typeof loadDeviceFile>) {
  const paths = factsOf(device).map(({ path }) => path)
  const unexplained = paths.filter((path) => provenanceOf(device.provenance, path) === undefined)
  const unused = Object.keys(device.provenance).filter((prefix) => !paths.some((path) => isUnder(path, prefix)))
  expect({ unexplained, unused }).toEqual({ unexplained: [], unused: [] })
}
