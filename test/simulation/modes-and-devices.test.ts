import { expect, test } from 'vitest'
import type { Outcome } from '../../src/domain/journal.ts'
import type { NetworkEnvironment } from '../../src/domain/network.ts'
import { EDITION_NAMES, type Edition } from '../../src/domain/windows-versions.ts'
import { SweepPerson } from '../../src/explore/sweep-person.ts'
import type { Person } from '../../src/run/person.ts'
import { loadDeviceFile } from '../../src/scenario/library.ts'
import { prepareRun } from '../../src/scenario/run-scenario.ts'
import { loadScenarios, type Scenario } from '../../src/scenario/scenario.ts'

/** What a mode asks for and a device does not have is bad input: each pair of them ends, by a page of Windows or by a code. */
const DEVICE = 'hp-fortis-x360-11-g10'
const definition = loadDeviceFile(DEVICE)

const load = (name: string): Scenario => loadScenarios(name)[0]!

const withTenant = (scenario: Scenario, change: (tenant: Scenario['tenant']) => Partial<Scenario['tenant']>) => ({
  ...scenario,
  tenant: { ...scenario.tenant, ...change(scenario.tenant) },
})

/** The first profile of the school is that of the device. */
const selfDeploying = (): Scenario =>
  withTenant(load('surface-wifi-happy-path'), ({ deploymentProfiles: [first, ...others] }) => ({
    deploymentProfiles: [{ ...first!, mode: 'selfDeploying' }, ...others],
  }))

const MODES = {
  userDriven: () => load('surface-wifi-happy-path'),
  selfDeploying,
  preProvisioning: () => load('pre-provisioning'),
  existingDevice: () => load('existing-device'),
  hybrid: () => load('hybrid-join'),
  devicePreparation: () => load('device-preparation'),
  association: () =>
    withTenant(load('device-association'), ({ deviceAssociations = [] }) => ({
      deviceAssociations: deviceAssociations.map((one) => ({ ...one, device: DEVICE })),
    })),
  kiosk: () => withTenant(selfDeploying(), () => ({ policies: [load('kiosk-sign-in-lost').tenant.policies[0]!] })),
  consumer: () => load('pro-education-personal'),
} satisfies Record<string, () => Scenario>

type Mode = keyof typeof MODES

const TPMS = {
  real: definition.tpm,
  virtual: loadDeviceFile('hyper-v-vm').tpm,
  old: loadDeviceFile('contoso-laptop-tpm-1-2').tpm,
  none: undefined,
} as const

type Tpm = keyof typeof TPMS

const cable = load('asus-ethernet-happy-path').environment

const NETWORKS: Readonly<Record<'cable' | 'wifi' | 'noLookup' | 'none', NetworkEnvironment>> = {
  cable,
  wifi: load('surface-wifi-happy-path').environment,
  noLookup: { ...cable, blockedHosts: ['ztd.dds.microsoft.com'] },
  none: { ...cable, ethernet: { link: false, captivePortal: false }, wifi: [] },
}

type Network = keyof typeof NETWORKS

function scenarioOf(mode: Mode, edition: Edition, tpm: Tpm, network: Network): Scenario {
  const base = MODES[mode]()
  const { tpm: _, ...hardware } = definition
  const chip = TPMS[tpm]
  const isPrepared = base.tenant.devicePreparationPolicies.length > 0
  return {
    ...base,
    expect: null,
    // What is installed is not the question, and takes most of the time.
    tenant: { ...base.tenant, updates: [], ...(isPrepared ? {} : { apps: [] }) },
    environment: NETWORKS[network],
    device: {
      ...hardware,
      ...(chip ? { tpm: chip } : {}),
      windows: { ...definition.windows, edition },
      disk: { ...definition.disk, files: base.device.disk.files },
    },
  }
}

/** Answers whatever page comes; a technician begins with the Windows key. */
function personOf(scenario: Scenario, mode: Mode): Person {
  const sweep = new SweepPerson(scenario, [])
  let isBegun = mode !== 'preProvisioning'
  return {
    explain: () => undefined,
    answer(screen) {
      if (isBegun || screen.page !== 'region') return sweep.answer(screen)
      isBegun = true
      return { keys: 'Windows key five times' }
    },
  }
}

async function endOf(mode: Mode, edition: Edition, tpm: Tpm, network: Network): Promise<string> {
  const scenario = scenarioOf(mode, edition, tpm, network)
  const { run, release } = await prepareRun(scenario, {
    seed: 1,
    transport: 'direct',
    person: personOf(scenario, mode),
  })
  try {
    return said((await run.play()).outcome)
  } finally {
    release()
  }
}

function said(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'failed':
      return `failed ${outcome.page} ${outcome.code}`
    case 'unanswered':
      return `asks at ${outcome.page}`
    case 'desktop':
    case 'signInScreen':
    case 'kiosk':
      return `${outcome.kind}${outcome.autopilot ? ', Autopilot' : ''}${outcome.managed ? ', managed' : ''}`
    default:
      return outcome.kind
  }
}

const TIMED_OUT = '0x800705b4'

/** What Windows does (oobe-autopilot-esp.md, 0.1, 1.4, 2.1 to 2.9, 3.4). */
function expected(mode: Mode, edition: Edition, tpm: Tpm, network: Network): string {
  // The keys do nothing there, and an answer that does nothing is an error.
  if (mode === 'preProvisioning' && edition === 'SE') return 'asks at region'
  if (network === 'none') return 'asks at network'
  if (mode === 'consumer') return 'desktop'
  // Without a profile there is nothing to provision: the review offers no way on.
  if (mode === 'preProvisioning' && (edition === 'Home' || network === 'noLookup')) return 'asks at provisioningReview'
  // Home joins no school: its pages take personal accounts alone.
  if (edition === 'Home') return 'asks at signIn'
  const hasProfile = mode !== 'devicePreparation' && mode !== 'association'
  if (!hasProfile) return 'desktop, managed'
  if (mode === 'preProvisioning') {
    return tpm === 'real' ? 'desktop, Autopilot, managed' : `failed technicianStatus ${TIMED_OUT}`
  }
  if (network === 'noLookup' && mode !== 'existingDevice') return 'desktop, managed'
  if (mode !== 'selfDeploying' && mode !== 'kiosk') return 'desktop, Autopilot, managed'
  if (tpm !== 'real') return `failed tpmAttestation ${TIMED_OUT}`
  return `${mode === 'kiosk' ? 'kiosk' : 'signInScreen'}, Autopilot, managed`
}

const modes = Object.keys(MODES) as Mode[]
const tpms = Object.keys(TPMS) as Tpm[]

test.each(modes)('%s: each edition with each TPM ends as Windows does', { timeout: 120_000 }, async (mode) => {
  const wrong: string[] = []
  for (const edition of EDITION_NAMES) {
    for (const tpm of tpms) {
      const end = await endOf(mode, edition, tpm, 'cable')
      const wanted = expected(mode, edition, tpm, 'cable')
      if (end !== wanted) wrong.push(`${edition}, TPM ${tpm}: ${end}, and not ${wanted}`)
    }
  }
  expect(wrong).toEqual([])
})

test.each(modes)('%s: each network ends as Windows does', { timeout: 60_000 }, async (mode) => {
  const wrong: string[] = []
  for (const network of Object.keys(NETWORKS) as Network[]) {
    for (const edition of ['SE', 'Home', 'Pro Education'] as const) {
      const end = await endOf(mode, edition, 'real', network)
      const wanted = expected(mode, edition, 'real', network)
      if (end !== wanted) wrong.push(`${edition}, network ${network}: ${end}, and not ${wanted}`)
    }
  }
  expect(wrong).toEqual([])
})
