/** Names of modes, as Microsoft writes them. */
const TITLES = {
  userDriven: 'User-driven',
  selfDeploying: 'Self-deploying',
  preProvisioning: 'Pre-provisioning, the technician',
  preProvisioned: 'Pre-provisioning, the user',
  autopilotReset: 'Autopilot Reset',
  hybrid: 'Hybrid join',
  devicePreparation: 'Device preparation',
  associated: 'Device association',
  consumer: 'Without a profile',
}

/** `preProvisioning` without a name of Microsoft's: `pre provisioning`. */
const titleOf = (mode) => TITLES[mode] ?? mode.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)

const targetOf = (lead) => (typeof lead === 'string' ? lead : lead.to)

/** Where a step leads to, and what its outcomes are called. */
function edgesOf(step) {
  if ('leavesOut' in step || 'shows' in step) return [[step.to, '']]
  if ('decides' in step) return [...step.decides.map(({ when, to }) => [to, when]), [step.otherwise, 'else']]
  if ('asks' in step) {
    return Object.entries(step.buttons).map(([event, button]) => [targetOf(button), event.replace('user.', '')])
  }
  const byTarget = new Map()
  for (const [kind, lead] of Object.entries(step.leads)) {
    if (lead.never !== undefined) continue
    const divided = typeof lead === 'object' ? (lead.when ?? []) : []
    const extra = divided.map(({ question, to }) => [to, `${kind}, ${question}`])
    for (const [to, label] of [...extra, [targetOf(lead), kind]]) {
      byTarget.set(to, [...(byTarget.get(to) ?? []), label])
    }
  }
  return [...byTarget].map(([to, labels]) => [to, labels.join(', ')])
}

const shapeOf = (name, step) => {
  if ('leavesOut' in step) return `${name}[/"${step.leavesOut}: left out"/]`
  if ('decides' in step) return `${name}{"${name}"}`
  const page = step.page ?? step.shows ?? step.asks
  return page === name ? `${name}["${name}"]` : `${name}["${name}: ${page}"]`
}

function drawn(steps) {
  const names = Object.keys(steps)
  const edges = names.flatMap((name) => edgesOf(steps[name]).map(([to, label]) => ({ name, to, label })))
  const ends = [...new Set(edges.map(({ to }) => to))].filter((to) => !names.includes(to))
  return [
    '```mermaid',
    'flowchart TD',
    ...names.map((name) => `  ${shapeOf(name, steps[name])}`),
    ...ends.map((end) => `  ${end}(("${end}"))`),
    ...edges.map(({ name, to, label }) => `  ${name} -->${label === '' ? '' : `|"${label}"|`} ${to}`),
    '```',
  ]
}

/** Pages in the order of the plan, and what each leads to with which outcome. */
const pagesOf = (steps) => [
  '',
  '| page | leads to, by its outcome | source |',
  '| --- | --- | --- |',
  ...Object.entries(steps)
    .filter(([, step]) => !('decides' in step))
    .map(([name, step]) => {
      const page = step.page ?? step.shows ?? step.asks ?? step.leavesOut
      const why = 'leavesOut' in step ? `left out: ${step.why.fact}` : ''
      const leads = edgesOf(step).map(([to, label]) => (label === '' ? to : `${label} → ${to}`))
      const shown = page === name ? `\`${page}\`` : `\`${page}\` as ${name}`
      return `| ${shown} | ${[why, ...leads].filter((text) => text !== '').join('; ')} | ${step.source} |`
    }),
]

/** docs/plans.md: the order of pages of each deployment mode, drawn from its plan. */
export function plansPage(start, plans) {
  return `${[
    '<!-- Written by "npm run docs" from machines/oobe/start-plan.ts and machines/oobe/plans.ts. Do not edit. -->',
    '',
    '# The plans of the deployment modes',
    '',
    'What a page leads to, by its outcome. A box is a page or a phase, a slanted box is a page that the mode does not have, a circle is an end.',
    'What the modes are, and which scenarios play them, is in [modes.md](modes.md).',
    '',
    '## From power-on to the mode',
    '',
    ...drawn(start),
    ...pagesOf(start),
    '',
    ...Object.entries(plans).flatMap(([mode, steps]) => [
      `## ${titleOf(mode)}`,
      '',
      ...drawn(steps),
      ...pagesOf(steps),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()}\n`
}
