import { describe, expect, test } from 'vitest'
import type { Outcome } from '../../src/domain/journal.ts'
import { outcomeText } from '../../src/journal/outcome.ts'
import { frameWords } from '../../src/texts/frame-words.ts'
import { endText } from '../../src/ui/end-text.ts'

const managed = { managed: true, autopilot: true }
const personal = { managed: false, autopilot: false }

const ENDS: [end: Outcome, german: string][] = [
  [{ kind: 'desktop', account: 'standard', ...managed }, 'Desktop (Standardbenutzer, verwaltet, Autopilot)'],
  [
    { kind: 'desktop', account: 'administrator', ...personal, note: 'left early' },
    'Desktop (lokaler Administrator, nicht verwaltet, kein Autopilot-Profil); left early',
  ],
  [{ kind: 'signInScreen', ...managed }, 'Anmeldebildschirm (verwaltet, Autopilot)'],
  [
    { kind: 'signInScreen', ...managed, isKioskLost: true, note: 'left early' },
    'Anmeldebildschirm (verwaltet, Autopilot); die automatische Anmeldung des Kiosks ging verloren; left early',
  ],
  [{ kind: 'kiosk', ...managed, shows: 'Edge' }, 'Kiosk (verwaltet, Autopilot): Edge'],
  [
    { kind: 'failed', page: 'enrollment', code: '0x80180014', text: 'not allowed' },
    'Fehler 0x80180014 auf der Seite enrollment: not allowed',
  ],
  [
    { kind: 'unanswered', page: 'region', controls: ['region', 'next'], text: 'which region' },
    'ohne Antwort: which region; die Steuerelemente: region, next',
  ],
  [
    { kind: 'stuck', state: 'connectivity.offline', waitingFor: 'a network', since: 60_000, reason: 'only polls' },
    'festgefahren in connectivity.offline, wartet seit 1:00 auf "a network"; only polls',
  ],
  [{ kind: 'poweredOff' }, 'ausgeschaltet'],
  [{ kind: 'stopped' }, 'angehalten'],
]

describe('how a run ended', () => {
  test.each(ENDS)('%o', (end, german) => {
    expect(endText(end, frameWords().ends)).toBe(outcomeText(end))
    expect(endText(end, frameWords('de').ends)).toBe(german)
  })
})
