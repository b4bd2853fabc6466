import type { Screen } from '../../src/domain/screen.ts'
import { PASSWORD } from './samples.ts'

/** Text that terminals disagree about; safeText lets all of it pass. */
export const HOSTILE = [
  '漢字'.repeat(60),
  '👩‍👩‍👧‍👦🇩🇪👍🏽'.repeat(20),
  'e\u0301\u0302\u0303'.repeat(80),
  '\u{1d400}\u3164ﾞ',
  'ไทยกำ'.repeat(30),
  'a'.repeat(300),
]

/** One text in every place of a page that text can be in. */
export const everywhere = (text: string): Screen => ({
  ...PASSWORD,
  title: text,
  body: [{ text }, { text, tone: 'error' }],
  brand: { name: text, color: text, logo: [text, text], signInPageText: text },
  failure: { code: text, text },
  progress: {
    label: text,
    categories: [
      {
        id: 'a',
        label: text,
        state: 'failed',
        status: text,
        steps: [{ id: 'b', label: text, state: 'failed', status: text }],
      },
    ],
  },
  controls: [
    {
      kind: 'choice',
      id: 'list',
      label: text,
      options: [{ id: 'a', label: text, detail: text, bars: 9, locked: true }],
    },
    { kind: 'text', id: 'text', label: text, hint: text, value: text },
    { kind: 'link', id: 'link', label: text, event: 'user.link' },
    { kind: 'button', id: 'next', label: text, event: 'user.next', primary: true },
  ],
})
