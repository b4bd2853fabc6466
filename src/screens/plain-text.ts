import { type Control, type Screen, switchValue } from '../domain/screen.ts'

/** A screen as lines of text: for CI, screen readers and pipes. */
export function plainText(screen: Screen): string[] {
  const lines = [`[${screen.page}${screen.step ? `/${screen.step}` : ''}] ${screen.title}`]
  if (screen.brand) {
    for (const row of screen.brand.logo ?? []) lines.push(`  ${row}`)
    lines.push(`  ${screen.brand.name}`)
  }
  for (const { text } of screen.body) lines.push(`  ${text}`)
  for (const category of screen.progress?.categories ?? []) {
    lines.push(`  ${category.label}: ${category.status}`)
    if (category.state === 'inProgress' || category.state === 'failed') {
      for (const step of category.steps) lines.push(`    ${step.label} ${inBrackets(step.status)}`)
    }
  }
  if (screen.failure) lines.push(`  code ${screen.failure.code}`)
  const controls = screen.controls.map(controlText)
  if (controls.length > 0) lines.push(`  ${controls.join('  ')}`)
  return lines
}

/** Once: a status may bring its own. */
const inBrackets = (status: string): string => (status.startsWith('(') ? status : `(${status})`)

function controlText(control: Control): string {
  switch (control.kind) {
    case 'choice': {
      const selected = control.options.find(({ id }) => id === control.selected)
      return `${control.label}: ${selected?.label ?? '—'} (${control.options.length} to choose from)`
    }
    case 'switch':
      return `${control.label}: ${switchValue(control.isOn)}`
    case 'text':
      return `${control.label}: ${control.value || (control.hint ?? '')}`
    case 'secret':
      return `${control.label}: …`
    default:
      return `<${control.label}>`
  }
}
