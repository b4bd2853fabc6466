import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** Beside the bundle: what an HTML report is made of. */
const SCRIPT = 'report-viewer.txt'
const CHARTS = 'report-charts.json'

/** The files of the viewer, by name: its script, and the statecharts as they are drawn. */
export async function viewerFiles(root, out) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/report/html/viewer/main.ts'],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  })
  return { [SCRIPT]: outputFiles[0].text, [CHARTS]: await chartsOf(root, out) }
}

/** Laying them out takes longer than the rest of the build: it is done anew only when a statechart has changed. */
async function chartsOf(root, out) {
  const charts = await allCharts(root, out)
  const drawing = readFileSync(join(root, 'scripts/build/draw-charts.mjs'))
  const key = createHash('sha256').update(JSON.stringify(charts)).update(drawing).digest('base64url')
  const before = join(out, CHARTS)
  if (existsSync(before)) {
    const text = readFileSync(before, 'utf8')
    if (text.startsWith(`{"key":"${key}"`)) return text
  }
  const { drawCharts } = await import('./draw-charts.mjs')
  return JSON.stringify({ key, charts: await drawCharts(charts) })
}

async function allCharts(root, out) {
  const outfile = join(out, `charts-${process.pid}.mjs`)
  await build({
    absWorkingDir: root,
    entryPoints: ['src/charts/charts.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  })
  try {
    return (await import(`${pathToFileURL(outfile).href}?${Date.now()}`)).allCharts()
  } finally {
    rmSync(outfile)
  }
}
