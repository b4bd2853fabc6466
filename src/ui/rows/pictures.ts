import type { PageId } from '../../domain/pages.ts'
import { THEME } from '../theme.ts'
import { type Row, span } from './row.ts'
import type { Section } from './section.ts'

/** What Windows shows beside its pages is drawings; ours are few, each for pages of one kind. */
const PICTURES = {
  globe: ['   ▄▀▀█▀▀▄   ', '  █▀▀▀█▀▀▀█  ', '  █▄▄▄█▄▄▄█  ', '   ▀▄▄█▄▄▀   '],
  keyboard: ['▄▄▄▄▄▄▄▄▄▄▄▄▄▄▄', '█ ▀ ▀ ▀ ▀ ▀ ▀ █', '█ ▀ ▀ ▀ ▀ ▀ ▀ █', '█▄▄▄▀▀▀▀▀▀▀▄▄▄█'],
  waves: ['  ▄▄▀▀▀▀▀▄▄  ', ' ▀  ▄▄▄▄▄  ▀ ', '   ▀  ▄  ▀   ', '     ▀█▀     '],
  person: ['    ▄███▄    ', '    ▀███▀    ', '  ▄▄█████▄▄  ', '  █████████  '],
  shield: [' ▄▄▄▄█▄▄▄▄ ', ' █   █   █ ', ' ▀▄▄▄█▄▄▄▀ ', '   ▀▄█▄▀   '],
  laptop: ['  █▀▀▀▀▀▀▀▀▀█  ', '  █         █  ', '  █▄▄▄▄▄▄▄▄▄█  ', '▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀'],
} as const

type Picture = keyof typeof PICTURES

/** Pages that are not named have the device. */
const OF_PAGE: Partial<Readonly<Record<PageId, Picture>>> = {
  language: 'globe',
  region: 'globe',
  recovery: 'globe',
  keyboard: 'keyboard',
  secondKeyboard: 'keyboard',
  network: 'waves',
  connectivity: 'waves',
  signIn: 'person',
  welcome: 'person',
  nextSignIn: 'person',
  signInScreen: 'person',
  hello: 'person',
  privacy: 'shield',
  licenseTerms: 'shield',
  tpmAttestation: 'shield',
}

/** A drawing beside a page; it gives way to all else, whole. */
export function pictureSection(page: PageId): Section {
  const lines = PICTURES[OF_PAGE[page] ?? 'laptop']
  return {
    min: 0,
    max: lines.length,
    priority: 2,
    draw: (height) =>
      height < lines.length ? [] : lines.map((line): Row => [span(line.trimEnd(), { color: THEME.accentLight })]),
  }
}
