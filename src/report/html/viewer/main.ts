import { type ReportData, readData } from './data.ts'
import { h } from './dom.ts'
import { runView } from './run-view.ts'

const viewer = document.getElementById('viewer')!
const report = document.getElementById('report')!
const articles = [...report.querySelectorAll<HTMLElement>('article')]

/** The run that the address names; none shows the list. */
async function follow(data: ReportData): Promise<void> {
  const id = decodeURIComponent(location.hash.slice(1))
  const run = data.facts.findIndex((facts) => facts.id === id)
  const isOpen = run >= 0
  report.hidden = isOpen
  viewer.hidden = !isOpen
  viewer.replaceChildren()
  if (!isOpen) return
  const back = data.facts.length > 1 ? [h('p', {}, h('a', { href: '#' }, '← all runs'))] : []
  viewer.append(...back, h('p', { role: 'status' }, 'Reading the journal…'))
  const view = runView(data.facts[run]!, await data.entriesOf(run), data.charts)
  viewer.replaceChildren(...back, view)
}

function filter(event: Event): void {
  const wanted = (event.target as HTMLInputElement).value.toLowerCase()
  for (const article of articles) article.hidden = !article.textContent!.toLowerCase().includes(wanted)
}

const data = await readData()
for (const [index, article] of articles.entries()) {
  const link = h('a', { class: 'watch', href: `#${encodeURIComponent(data.facts[index]!.id)}` }, 'Watch')
  article.querySelector('summary')?.append(' ', link)
}
if (articles.length > 1) {
  report.prepend(h('p', {}, h('label', {}, 'Search the runs ', h('input', { type: 'search', input: filter }))))
}
addEventListener('hashchange', () => void follow(data))
if (location.hash === '' && data.facts.length === 1) location.hash = encodeURIComponent(data.facts[0]!.id)
else await follow(data)
