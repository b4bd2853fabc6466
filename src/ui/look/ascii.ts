/** One character of ASCII for each that a frame draws with; letters of languages stay as they are. */
const SAME: Readonly<Record<string, string>> = {
  '╭╮╰╯┌┐└┘├┤┬┴┼': '+',
  '─━–—╌═': '-',
  '│┃': '|',
  '▸▹→»': '>',
  '◂←«': '<',
  '●■◆': '*',
  '○◇': 'o',
  '✓': 'v',
  '✗×': 'x',
  '…·•░': '.',
  '’‘': "'",
  '“”': '"',
  '█▓▆▄▀▒': '#',
  '▂': '_',
  '❚': '|',
  '⚿': '$',
  '⇄': '=',
  '↑': '^',
  '↓': 'v',
  '□': '?',
  '⠋⠴': '|',
  '⠙⠦': '/',
  '⠹⠼⠧': '-',
  '⠸⠇⠏': '\\',
}

const ASCII = new Map(
  Object.entries(SAME).flatMap(([chars, ascii]) => [...chars].map((char) => [char, ascii] as const)),
)

const DRAWN = new RegExp(`[${[...ASCII.keys()].join('')}]`, 'gu')

/** The same text in as many cells. */
export const asciiOf = (text: string): string => text.replace(DRAWN, (char) => ASCII.get(char)!)
