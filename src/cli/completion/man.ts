import type { Word } from './words.ts'

/** Text for troff: no line of it is a request, and a dash stays a dash. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&')
    .replaceAll('…', '...')
    .replaceAll('→', '\\(->')

/** `oobe(1)`: every command with what its `--help` prints. */
export function manPage(words: readonly Word[], version: string): string {
  return `${[
    '.\\" Written by "npm run docs" from the help of the commands. Do not edit.',
    `.TH OOBE 1 "" "oobe\\-sim ${escaped(version)}" "User Commands"`,
    '.SH NAME',
    'oobe \\- a simulated Windows 11 SE device that goes through its first boot',
    '.SH SYNOPSIS',
    '.B oobe',
    '[\\fICOMMAND\\fR] [\\fIARGUMENTS\\fR]',
    '.SH DESCRIPTION',
    'Without a command the first boot is played in this terminal. Each command has \\fB\\-\\-help\\fR.',
    '.SH COMMANDS',
    ...words.flatMap((word) => commandText(word.name, word)),
    '.SH EXIT STATUS',
    ...STATUS.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, escaped(meaning)]),
  ].join('\n')}\n`
}

/** As docs/cli.md has them. */
const STATUS: readonly (readonly [string, string])[] = [
  ['0', 'passed'],
  ['1', 'a scenario failed'],
  ['2', 'bad usage, or a bad file'],
  ['3', 'infrastructure: a service, a port, the disk'],
  ['4', 'coverage is below a threshold or its base, or a limit of a measurement was passed'],
  ['5', 'a part of the run is missing'],
  ['70', 'a bug of oobe-sim'],
  ['130, 131, 140, 143', 'a signal ended it: 128 and its number'],
]

function commandText(path: string, word: Word): string[] {
  const own = word.actions.length === 0 || word.options.length > 0
  return [
    `.SS oobe ${escaped(path)}`,
    ...(own ? helpText(word.help) : [escaped(word.summary)]),
    ...word.actions.flatMap((action) => commandText(`${path} ${action.name}`, action)),
  ]
}

/** A name with what it means behind it, in columns: `  --out FILE   where it goes`. */
const ENTRY = /^ {2}(\S.*?)(?: {2,}|$)(.*)$/

/** Paragraphs stay paragraphs; entries in columns are a list, with the lines below them. */
function helpText(help: string): string[] {
  const lines = help.trimEnd().split('\n')
  return lines.flatMap((line, index): string[] => {
    if (line.trim() === '') return ['.PP']
    const entry = ENTRY.exec(line)
    if (entry && !line.startsWith('   ')) {
      const [, name, text] = entry
      return ['.TP', `.B ${escaped(name!)}`, ...(text === '' ? [] : [escaped(text!)])]
    }
    // The usage.
    if (/^oobe .* {2,}/.test(line)) return ['.br', escaped(line.replace(/ {2,}/g, ': '))]
    const isBelow = line.startsWith(' ') || lines[index - 1] === ''
    return isBelow ? [escaped(line.trim())] : ['.br', escaped(line)]
  })
}
