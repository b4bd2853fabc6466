// Fills src/ports/rsa-prime-counters.json for the shipped devices and the mock tenant, so that no run searches primes.
// Entries that are already there are kept: a key, once pinned, stays.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { parse } from 'yaml'

const DEVICE_LABELS = ['ek', 'aik', 'join', 'transport', 'mdm', 'certificates']
const VENDOR_LABELS = ['ek-root', 'ek-issuing', 'ek-issuing-unlisted']
const SERVICE_LABELS = {
  'tenant:contoso-school': [
    'mdm-root',
    'mdm-issuing',
    'organization-access',
    'token-signing',
    'cloud-pki',
    'pkcs-connector',
  ],
  'tenant:northwind-college': ['mdm-root', 'organization-access', 'token-signing'],
  'tenant:fabrikam-college': ['mdm-root', 'organization-access', 'token-signing'],
  'aik-service': ['attestation-root'],
}

const root = fileURLToPath(new URL('..', import.meta.url))
const tableFile = join(root, 'src/ports/rsa-prime-counters.json')

/** Keys of Windows Hello, of the people who set it up in scenarios. */
const HELLO_KEYS = [
  { device: 'lenovo-14w-gen-2', people: ['nadia@fabrikam.example', 'mallory@fabrikam.example'] },
  {
    device: 'surface-laptop-se',
    people: ['alice', 'ben', 'carla', 'principal'].map((name) => `${name}@contoso.example`),
  },
  { device: 'contoso-desktop-no-tpm', people: ['nadia@fabrikam.example'] },
]

/** Security keys that scenarios name. */
const SECURITY_KEYS = ['YK-0417']

/** Management keys longer than usual, of the device whose scenarios ask for them. */
const LONG_KEYS = { device: 'surface-laptop-se', label: 'mdm', bits: [3072, 4096] }

const { counterKey, searchPrimeCounters } = await importTypeScript('src/ports/rsa-primes.ts')
const { changedSeed } = await importTypeScript('src/device/tpm/endorsement-seed.ts')
const { keySeedOf } = await importTypeScript('src/protocols/webauthn/synthetic-key.ts')
const { TPM_VENDORS, vendorKeySeed } = await importTypeScript('src/domain/tpm-vendors.ts')
const table = JSON.parse(readFileSync(tableFile, 'utf8'))
let added = 0
for (const [seed, labels] of [
  ...deviceSeeds(),
  ...vendorSeeds(),
  ...helloSeeds(),
  ...securityKeySeeds(),
  ...Object.entries(SERVICE_LABELS),
]) {
  for (const label of labels) {
    const key = counterKey(seed, label)
    if (key in table) continue
    table[key] = searchPrimeCounters(seed, label)
    added++
  }
}
const long = parse(readFileSync(join(root, 'devices', `${LONG_KEYS.device}.yaml`), 'utf8')).tpm.endorsementSeed
for (const bits of LONG_KEYS.bits) {
  const key = counterKey(long, LONG_KEYS.label, bits)
  if (key in table) continue
  table[key] = searchPrimeCounters(long, LONG_KEYS.label, bits)
  added++
}
const lines = Object.keys(table)
  .sort()
  .map((key) => `  ${JSON.stringify(key)}: [${table[key].join(', ')}]`)
writeFileSync(tableFile, `{\n${lines.join(',\n')}\n}\n`)
console.log(`${added} keys added, ${lines.length} in all`)

function securityKeySeeds() {
  return SECURITY_KEYS.map((name) => {
    const [seed, label] = keySeedOf(name)
    return [seed, [label]]
  })
}

function deviceSeeds() {
  const folder = join(root, 'devices')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => parse(readFileSync(join(folder, name), 'utf8')))
    .flatMap(({ tpm, smbios }) =>
      tpm
        ? [
            [tpm.endorsementSeed, DEVICE_LABELS],
            // After one TPM2_ChangeEPS.
            [changedSeed(tpm.endorsementSeed), ['ek']],
          ]
        : [[`no-tpm:${smbios.uuid}`, ['join', 'transport', 'mdm']]],
    )
}

function helloSeeds() {
  return HELLO_KEYS.map(({ device, people }) => {
    const { tpm, smbios } = parse(readFileSync(join(root, 'devices', `${device}.yaml`), 'utf8'))
    return [tpm?.endorsementSeed ?? `no-tpm:${smbios.uuid}`, people.map((person) => `hello:${person}`)]
  })
}

/** Authorities of the simulated makers of TPMs. */
function vendorSeeds() {
  return TPM_VENDORS.map(({ id }) => [vendorKeySeed(id), VENDOR_LABELS])
}

/** Node 20 does not strip types. */
async function importTypeScript(entry) {
  const folder = mkdtempSync(join(tmpdir(), 'oobe-sim-'))
  try {
    const outfile = join(folder, 'bundle.mjs')
    await build({ entryPoints: [join(root, entry)], outfile, bundle: true, platform: 'node', format: 'esm' })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
