import { formatDuration } from '../domain/duration.ts'
import { htmlText } from '../domain/html-text.ts'
import { causeLines, countsText, missingLines, phaseRows } from './lines.ts'
import type { FleetResult } from './result.ts'

const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1b1b;--quiet:#5c5c5c;--line:#d0d0d0;--bad:#b3261e;--box:#f6f6f6}
@media(prefers-color-scheme:dark){:root{--bg:#181818;--fg:#f0f0f0;--quiet:#adadad;--line:#444;--bad:#ff9c96;--box:#222}}
body{margin:0 auto;max-width:1100px;padding:1rem;background:var(--bg);color:var(--fg);font:15px/1.45 "Segoe UI",system-ui,sans-serif}
h1{font-size:1.4rem;margin:0}h2{font-size:1.1rem;margin:1.2rem 0 .3rem}p{margin:.2rem 0}
.quiet{color:var(--quiet)}.bad{color:var(--bad)}
table{border-collapse:collapse}th,td{text-align:left;padding:.15rem .9rem .15rem 0;border-bottom:1px solid var(--line)}
td.number{text-align:right;font-variant-numeric:tabular-nums}
li{overflow-wrap:anywhere}
`

const TEXT_MAX = 2_000
/** Text that is only text, in an element or an attribute. */
const text = (value: string): string => htmlText(value, TEXT_MAX)

/** One file, without a script: text of others gets in by {@link text} alone. */
export function htmlOf(result: FleetResult): string {
  const { title, product, fleet, seed, count, devices, passed, failed, warnings, thresholds, generator } = result
  const heading = `${devices} of ${count} devices, ${passed} passed, ${failed} failed`
  const broken = thresholds.filter(({ holds }) => !holds).length
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${text(title)}: ${heading}</title><style>${STYLE}</style></head><body>`,
    `<h1>${text(title)}</h1><p>${heading}</p>`,
    `<p class="quiet">oobe-sim ${text(product)}, fleet ${text(fleet)}, seed ${seed}</p>`,
    list('Not complete', missingLines(result), 'bad'),
    list('Before you read the times', warnings, 'bad'),
    thresholds.length === 0
      ? ''
      : `<h2>Thresholds: ${broken === 0 ? 'all hold' : `${broken} broken`}</h2>${table(
          ['', 'threshold', 'measured'],
          thresholds.map((one) => [one.holds ? '✓ holds' : '✗ broken', one.text, one.said]),
        )}`,
    list('Why devices failed', causeLines(result)),
    phasesPart(result),
    '<h2>Ends</h2>',
    table(
      ['outcome', 'devices'],
      Object.entries(result.outcomes).map(([name, times]) => [name, String(times)]),
    ),
    '<h2>Mix</h2>',
    table(
      ['part', 'name', 'devices', 'failed'],
      result.mix.map((one) => [one.part, one.name, String(one.devices), String(one.failed)]),
    ),
    '<h2>Requests</h2>',
    `<p>${result.requests} requests. Answers by status: ${text(countsText(result.statuses)) || 'none'}</p>`,
    Object.keys(result.unanswered).length === 0
      ? ''
      : `<p>Without an answer, by Windows code: ${text(countsText(result.unanswered))}</p>`,
    '<h2>The generator</h2>',
    `<p>${generator.cpuMsPerDevice} ms of processor time a device, ${Math.round(generator.cpuShare * 100)} % of a processor each, at most ${Math.round(generator.rssBytes / 2 ** 20)} MB a process.</p>`,
    `<p class="quiet">Digest of all devices: ${text(result.digest)}</p>`,
    '</body></html>\n',
  ].join('\n')
}

function phasesPart(result: FleetResult): string {
  const [head, ...rows] = phaseRows(result)
  const { lag, request } = result.times
  const spread = (name: string, { p50, p95, p99, max }: NonNullable<typeof lag>): string =>
    `<p>${name}: half within ${formatDuration(p50)}, 95 % within ${formatDuration(p95)}, 99 % within ${formatDuration(p99)}, the longest ${formatDuration(max)}</p>`
  return [
    '<h2>Phases</h2><p class="quiet">Device time, as the device counts it; real time is what passed on the wall.</p>',
    table(head!, rows),
    lag ? spread('How late devices started', lag) : '',
    request ? spread('Answers of the service', request) : '',
  ].join('')
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cell = (value: string): string =>
    `<td${/^[\d.:,%smh]+$/.test(value) ? ' class="number"' : ''}>${text(value)}</td>`
  return [
    `<table><tr>${head.map((value) => `<th>${text(value)}</th>`).join('')}</tr>`,
    ...rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`),
    '</table>',
  ].join('')
}

function list(heading: string, lines: readonly string[], kind = ''): string {
  if (lines.length === 0) return ''
  return `<h2${kind ? ` class="${kind}"` : ''}>${heading}</h2><ul>${lines.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`
}
