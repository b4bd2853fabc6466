import { readFileSync, writeFileSync } from 'node:fs'
import { importedScenario } from '../../src/import/played.ts'
import { readIncident } from '../../src/import/read-incident.ts'
import { encodeZip } from '../../src/protocols/zip/encode.ts'
import { evidenceOf } from '../../src/report/evidence/evidence.ts'
import { runScenario } from '../../src/scenario/run-scenario.ts'
import { loadScenarios } from '../../src/scenario/scenario.ts'

/**
 * Seconds and memory from an archive of 50 MB to its scenario, played, in a process of its own. `make` writes the archive: the evidence of a
 * run, over and over.
 */
const BYTES = 50_000_000

/** Logs of a device that ran for long: the same records again. */
async function filled(): Promise<Uint8Array> {
  const [scenario] = loadScenarios('win32-app-fails')
  const { journal } = await runScenario(scenario!, { seed: 1, transport: 'direct' })
  const files = evidenceOf(journal).filter(({ kind }) => kind !== 'archive')
  const texts = files.filter(({ kind }) => kind === 'events' || kind === 'extensionLog')
  const own = files.reduce((sum, { bytes }) => sum + bytes.length, 0)
  const share = Math.floor((BYTES - own) / texts.length)
  const more = texts.map(({ name, bytes }) => {
    const isXml = name.endsWith('.xml')
    const body = isXml ? bytes.subarray('<Events>'.length, bytes.length - '</Events>\n'.length) : bytes
    const copies = Array.from({ length: Math.max(1, Math.floor(share / body.length)) }, () => body)
    const parts = isXml ? [Buffer.from('<Events>'), ...copies, Buffer.from('</Events>\n')] : copies
    return { name: `long/${name}`, bytes: new Uint8Array(Buffer.concat(parts)) }
  })
  return encodeZip([...files, ...more])
}

const [task, path] = process.argv.slice(2)
if (task === 'make') {
  writeFileSync(path!, await filled())
  console.log('{}')
} else {
  const startedAt = performance.now()
  const archive = readFileSync(path!)
  const { incident, files } = readIncident([{ name: 'incident.zip', bytes: archive }])
  const readMs = performance.now() - startedAt
  const { failures } = await importedScenario(incident, 'imported.yaml', [])
  if (failures.length > 0) throw new Error(`the imported scenario does not pass: ${failures.join('; ')}`)
  const ms = performance.now() - startedAt
  // In KiB, whatever the platform.
  const rssMb = (process.resourceUsage().maxRSS * 1024) / 1e6
  console.log(JSON.stringify({ bytes: archive.length, files: files.length, readMs, ms, rssMb }))
}
