import { formatDuration } from '../../domain/duration.ts'
import { htmlText } from '../../domain/html-text.ts'
import { reasonLine } from '../reason.ts'
import { type Finished, isFlaky, isKnown, isNegative } from '../reporter.ts'
import { againOf } from '../sum-up.ts'
import { STYLE } from './style.ts'

export interface DocumentParts {
  script: string
  /** By the id of their element: packed text. */
  data: Readonly<Record<string, string>>
  product: string
}

export interface DocumentRun {
  finished: Finished
  /** A line for each page. */
  pages: readonly string[]
  reason: readonly string[]
  /** Why it cannot be watched. */
  note?: string
}

/** The page as it is without scripts. Text of others gets in by {@link text} alone. */
export function documentOf(runs: readonly DocumentRun[], { script, data, product }: DocumentParts): string {
  const failed = runs.filter(({ finished }) => !finished.passed).length
  const heading = `${runs.length - failed} passed, ${failed} failed`
  const policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>oobe-sim: ${heading}</title>`,
    `<style>${STYLE}</style></head><body>`,
    `<header><h1>oobe-sim</h1><p id="counts">${heading}</p><p class="quiet">oobe-sim ${text(product)}</p></header>`,
    '<div id="viewer" hidden></div>',
    `<main id="report">${runs.map(runPart).join('')}</main>`,
    ...Object.entries(data).map(([id, packed]) => `<script type="text/plain" id="data-${id}">${packed}</script>`),
    `<script type="module">${script.replace(/<(?=\/script|!--)/gi, '\\x3c')}</script>`,
    '</body></html>\n',
  ].join('\n')
}

function runPart({ finished, pages, reason, note }: DocumentRun, index: number): string {
  const { id, title, file, passed, outcome, broken, deviceMs, seed, failures, screen } = finished
  const end = isNegative(finished)
    ? `ended as expected: ${outcome!.text}`
    : (outcome?.text ?? (broken ? `${broken.code}: ${broken.message}` : 'no end'))
  const state = passed
    ? isKnown(finished)
      ? 'known issue'
      : isFlaky(finished)
        ? 'passed when played again'
        : 'passed'
    : 'failed'
  const about = `${formatDuration(deviceMs)} of device time${seed === undefined ? '' : `, seed ${seed}`}, ${file}`
  return [
    `<article data-run="${index}"${passed ? '' : ' class="failed"'}><details${passed ? '' : ' open'}>`,
    `<summary><span class="sign" title="${state}">${passed ? '✓' : '✗'}</span> <b>${text(id)}</b> <span>${text(end)}</span></summary>`,
    `<p>${text(title)}</p><p class="quiet">${state}. ${text(about)}</p>`,
    note === undefined ? '' : `<p>${text(note)}</p>`,
    list('What did not hold', failures),
    list('Why', reason.map(reasonLine)),
    list('Play it again', passed ? [] : againOf(finished), 'code'),
    list('Pages', pages),
    screen.length === 0 ? '' : `<h3>At the end</h3><pre>${screen.map(text).join('\n')}</pre>`,
    '</details></article>',
  ].join('')
}

function list(heading: string, lines: readonly string[], element: 'code' | 'span' = 'span'): string {
  if (lines.length === 0) return ''
  const items = lines.map((line) => `<li><${element}>${text(line)}</${element}></li>`)
  return `<h3>${heading}</h3><ul>${items.join('')}</ul>`
}

const TEXT_MAX = 20_000

/** Text that is only text, in an element or an attribute. */
const text = (value: string): string => htmlText(value, TEXT_MAX)
