import { table } from './table.mjs'

const KINDS = { documented: 'DSL', observed: 'FMBCO', assumed: ['U', 'assumed'], own: ['own'] }

const kindOf = (tag) => Object.keys(KINDS).find((kind) => KINDS[kind].includes(tag))

/** `1.4 [D]`: the last letter in brackets. */
const tagIn = (source) => /\[([A-Z])\]/.exec(source)?.[1]

/** docs/fidelity.md: how certain each text, duration, event, behaviour and restart is. */
export function fidelityPage({ texts, events, behaviours, restarts, durations, delays, work }) {
  const wordings = Object.entries(texts).flatMap(([page, keys]) =>
    Object.entries(keys).map(([key, wording]) => ({ page, key, ...wording })),
  )
  const rows = [
    ['texts on the screen', wordings.map(({ tag }) => tag)],
    ['durations', [...Object.values(durations), ...Object.values(work)].map(({ tag }) => tag)],
    ['ids of events', Object.values(events).map(({ source }) => tagIn(source))],
    ['behaviours that a device file may change', Object.values(behaviours).map(({ tag }) => tag)],
    ['settings that restart a device', restarts.map(({ tag }) => tag)],
  ]
  return `${[
    '<!-- Written by "npm run docs" from src/texts, src/domain and machines/durations.ts. Do not edit. -->',
    '',
    '# How certain it is',
    '',
    'Beside each text, duration, event and behaviour is how sure it is that Windows has it so. **Documented**: [D] product',
    'documentation, [S] a support article, [L] a protocol or a CSP. **Observed**: [F] in the field, [M] measured, [B] a blog, [C]',
    'a course or a lab, [O] read in a capture. **Assumed**: [U]. **Own**: only this simulation has it. Texts in other languages than English',
    'are our own translations, all of them assumed: [languages.md](languages.md). Sections are of',
    '`docs/sources/oobe-autopilot-esp.md`. States of statecharts are in [pages.md](pages.md), sentences of events in',
    '[events.md](events.md), codes in [codes.md](codes.md). A text or a duration without a tag does not pass the tests. Each row of the',
    'notes is proven by a test, or left with a reason: [reference.md](reference.md).',
    '',
    table(
      ['what', 'in all', ...Object.keys(KINDS)],
      rows.map(([what, tags]) => [
        what,
        String(tags.length),
        ...Object.keys(KINDS).map((kind) => String(tags.filter((tag) => tag && kindOf(tag) === kind).length)),
      ]),
    ),
    '',
    '## Durations',
    '',
    table(
      ['duration', 'seconds', 'what', 'how sure', 'source'],
      Object.entries(durations).map(([name, { tag, about, source }]) => [
        `\`${name}\``,
        String(delays[name] / 1000),
        about,
        tag,
        source ?? '',
      ]),
    ),
    '',
    '## Work of the set-up',
    '',
    'Besides what is asked over the network; `setup:` of a device file changes it.',
    '',
    table(
      ['key', 'seconds', 'what', 'how sure', 'source'],
      Object.entries(work).map(([name, { seconds, about, tag, source }]) => [
        `\`${name}\``,
        String(seconds),
        about,
        tag,
        source,
      ]),
    ),
    '',
    '## Behaviours',
    '',
    'What no source settles; `behaviour:` of a device file changes it.',
    '',
    table(
      ['behaviour', 'guess', 'what', 'how sure', 'source'],
      Object.entries(behaviours).map(([name, { guess, about, tag, source }]) => [
        `\`${name}\``,
        `\`${guess}\``,
        about,
        tag,
        source,
      ]),
    ),
    '',
    '## Settings that restart a device during device setup',
    '',
    table(
      ['node below `./Device/Vendor/MSFT`', 'how sure', 'source'],
      restarts.map(({ node, tag, source }) => [`\`${node}\``, tag, source]),
    ),
    '',
    '## Texts',
    '',
    ...Object.entries(texts).flatMap(([page, keys]) => [
      `### ${page}`,
      '',
      table(
        ['text', 'key', 'how sure', 'source'],
        Object.entries(keys).map(([key, { text, tag, source }]) => [
          `\`${text.replaceAll('|', '\\|')}\``,
          `\`${key}\``,
          tag,
          source ?? '',
        ]),
      ),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`
}
