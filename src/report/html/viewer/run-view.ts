import { formatDuration } from '../../../domain/duration.ts'
import type { JournalEntry } from '../../../domain/journal.ts'
import { specIn } from '../../../journal/story.ts'
import { exchangesOf } from '../../../journal/wire.ts'
import { SIZE_MIN } from '../../../ui/model.ts'
import { shotsOf } from '../../film/shots.ts'
import type { DrawnChart } from '../drawn-chart.ts'
import type { RunFacts } from '../report.ts'
import { chartOf, stepsOf } from './chart-pane.ts'
import { h } from './dom.ts'
import { indexAt, momentAt } from './moments.ts'
import { screenOf } from './screen-pane.ts'
import { searchPane } from './search-pane.ts'
import { moveCursor, timelineOf } from './timeline.ts'
import { wirePane } from './wire-pane.ts'

/** One run: its film, its timeline, and what screen, statecharts and wire were at the chosen moment. */
export function runView(facts: RunFacts, entries: readonly JournalEntry[], charts: readonly DrawnChart[]): HTMLElement {
  const spec = specIn(entries)
  if (!spec || entries.length < 2) return h('p', {}, 'This run has no journal to look at.')
  const shots = shotsOf(entries, spec, SIZE_MIN)
  const end = entries.at(-1)!.at
  const screen = h('div', { class: 'pane screen-pane' })
  const chart = h('div', { class: 'drawing', tabindex: 0, 'aria-label': 'The statechart' })
  const steps = h('div')
  const where = h('p', { class: 'where', role: 'status' })
  const machines = [...new Set(entries.flatMap((entry) => (entry.kind === 'transition' ? [entry.machine] : [])))]
  const chosen = h(
    'select',
    { change: () => show() },
    h('option', { value: '' }, 'the one that moves'),
    ...machines.map((machine) => h('option', { value: machine }, machine)),
  )
  const slider = h('input', {
    type: 'range',
    min: 0,
    max: end,
    step: 1,
    'aria-label': 'Device time',
    input: () => goTo(Number(slider.value)),
  })
  const timeline = timelineOf(entries, (at) => goTo(at))
  const wire = wirePane(exchangesOf(entries), (at) => goTo(at))
  const thumbs = shots.map((shot, index) =>
    h(
      'button',
      { type: 'button', title: `${formatDuration(shot.at)}  ${shot.title}`, click: () => goTo(shot.at) },
      screenOf(shot, true),
      h('span', {}, `${formatDuration(shot.at)} ${shot.page ?? 'dark'}${index === shots.length - 1 ? ' (end)' : ''}`),
    ),
  )
  const strip = h('div', { class: 'strip', role: 'group', 'aria-label': 'Film strip' }, ...thumbs)
  let index = 0

  function goTo(at: number): void {
    index = indexAt(entries, at)
    show()
  }
  function step(by: number): void {
    index = Math.min(entries.length - 1, Math.max(0, index + by))
    show()
  }
  function page(by: 1 | -1): void {
    const { at } = entries[index]!
    const next = by > 0 ? shots.find((shot) => shot.at > at) : shots.findLast((shot) => shot.at < at)
    if (next) goTo(next.at)
  }
  function show(): void {
    const { at, kind } = entries[index]!
    const moment = momentAt(entries, index)
    const shown = shots.findLastIndex((shot) => shot.at <= at)
    slider.value = String(at)
    slider.setAttribute('aria-valuetext', formatDuration(at))
    moveCursor(timeline, at / Math.max(1, end))
    screen.replaceChildren(shots[shown] ? screenOf(shots[shown]) : 'The screen is dark.')
    for (const [number, thumb] of thumbs.entries()) thumb.toggleAttribute('data-shown', number === shown)
    const thumb = thumbs[shown]
    if (thumb) strip.scrollLeft = thumb.offsetLeft - strip.offsetLeft - strip.clientWidth / 2
    const id = chosen.value || moment.machine
    const drawn = charts.find((one) => one.id === id)
    chart.replaceChildren(drawn ? chartOf(drawn, moment) : 'No statechart has moved yet.')
    chart
      .querySelector('.active:not(.compound):not(.parallel)')
      ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    steps.replaceChildren(stepsOf(moment))
    wire.follow(at)
    where.textContent = `${formatDuration(at)}, entry ${entries[index]!.seq} (${kind}). Active: ${[...moment.active].join(', ') || 'nothing'}`
  }
  const button = (label: string, click: () => void) => h('button', { type: 'button', click }, label)
  const view = h(
    'div',
    { class: 'run' },
    h('h2', {}, `${facts.passed ? '✓' : '✗'} ${facts.id}`),
    h('p', {}, facts.title),
    h('p', { class: facts.passed ? '' : 'bad' }, `${facts.outcome}, ${facts.duration} of device time`),
    ...[...facts.failures, ...facts.reason].map((line) => h('p', { class: 'bad' }, line)),
    strip,
    timeline,
    slider,
    h(
      'p',
      { class: 'controls' },
      button('previous page', () => page(-1)),
      button('previous entry', () => step(-1)),
      button('next entry', () => step(1)),
      button('next page', () => page(1)),
    ),
    where,
    h(
      'div',
      { class: 'panes' },
      screen,
      h('section', { class: 'pane' }, h('label', {}, 'Statechart: ', chosen), chart, steps),
      h('section', { class: 'pane wide' }, h('h3', {}, 'Wire'), wire.element),
      h(
        'section',
        { class: 'pane wide' },
        searchPane(entries, (found) => {
          index = found
          show()
        }),
      ),
    ),
  )
  goTo(shots[0]?.at ?? 0)
  return view
}
