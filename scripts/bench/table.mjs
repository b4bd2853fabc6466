/** One line of the table. */
export function row(what, { text, number }, target, stretch) {
  return `| ${what} | ${text} | ${target?.text ?? ''} | ${stretch?.text ?? ''} | ${verdict(number, target, stretch)} |`
}

function verdict(number, target, stretch) {
  if (!target) return ''
  if (stretch?.holds(number)) return 'yes, stretch too'
  return target.holds(number) ? 'yes' : 'no'
}

export function atMost(limit, unit) {
  return { text: `≤ ${limit} ${unit}`, holds: (number) => number <= limit }
}

export function atLeast(limit, unit = '') {
  return { text: `≥ ${limit.toLocaleString('en')}${unit}`, holds: (number) => number >= limit }
}

export function ms(value) {
  return `${value.toFixed(0)} ms`
}

export function seconds(milliseconds) {
  return { text: `${(milliseconds / 1000).toFixed(1)} s`, number: milliseconds / 1000 }
}

export function rate(number, unit = '') {
  return { text: `${number.toLocaleString('en', { maximumFractionDigits: number < 100 ? 1 : 0 })}${unit}`, number }
}
