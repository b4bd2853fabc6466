import { TROUBLE } from '../sample-facts.ts'
import { press, type Samples } from '../samples.ts'
import type { windowsRestoreMachine } from './windows-restore.ts'

const BACKUP = { id: 'backup-1', device: 'OLD-LAPTOP', lastModified: '2026-11-20T08:00:00.000Z' }

export const windowsRestoreSamples: Samples<typeof windowsRestoreMachine> = {
  inputs: {
    enrolled: { isDone: false, isEnrolled: true },
    notEnrolled: { isDone: false, isEnrolled: false },
    done: { isDone: true, isEnrolled: true },
  },
  events: [press('user.next', { backup: BACKUP.id }), press('user.skip')],
  done: {
    findBackups: [
      { kind: 'found', backups: [BACKUP] },
      { kind: 'notOffered', why: [{ fact: 'no backup', effect: 'restore page skipped' }] },
      { kind: 'refused', trouble: TROUBLE },
    ],
  },
}
