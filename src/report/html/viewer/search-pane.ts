import { formatDuration } from '../../../domain/duration.ts'
import type { JournalEntry } from '../../../domain/journal.ts'
import { h } from './dom.ts'

const SHOWN = 200
const AROUND = 60

/** Every entry that has a text, wherever in it. */
export function searchPane(entries: readonly JournalEntry[], go: (index: number) => void): HTMLElement {
  const texts = entries.map((entry) => (entry.kind === 'run' ? '' : JSON.stringify(entry)))
  const found = h('div', { class: 'list', role: 'group', 'aria-label': 'Found entries' })
  const count = h('span', { role: 'status' })
  const search = (event: Event): void => {
    const wanted = (event.target as HTMLInputElement).value.toLowerCase()
    const hits =
      wanted === '' ? [] : texts.flatMap((text, index) => (text.toLowerCase().includes(wanted) ? [index] : []))
    count.textContent = wanted === '' ? '' : `${hits.length} found`
    found.replaceChildren(
      ...hits.slice(0, SHOWN).map((index) => {
        const entry = entries[index]!
        const text = `${formatDuration(entry.at)}  ${entry.kind}  ${around(texts[index]!, wanted)}`
        return h('button', { type: 'button', click: () => go(index) }, text)
      }),
    )
  }
  return h(
    'div',
    { class: 'search' },
    h('label', {}, 'Search the journal ', h('input', { type: 'search', input: search })),
    count,
    found,
  )
}

function around(text: string, wanted: string): string {
  const at = text.toLowerCase().indexOf(wanted)
  const start = Math.max(0, at - AROUND)
  return `${start > 0 ? '…' : ''}${text.slice(start, at + wanted.length + AROUND)}`
}
