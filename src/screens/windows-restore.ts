import type { ContextFrom } from 'xstate'
import type { windowsRestoreMachine } from '../../machines/pages/windows-restore.ts'
import type { Texts } from '../texts/en.ts'
import { button, type Draft, detail, line, primary, type StateOf, undrawn, working } from './parts.ts'

const WHY = [
  { fact: 'WindowsBackupAndRestore/EnableWindowsRestore is true, and the user has a backup', effect: 'restore page' },
]

export function windowsRestoreScreen(
  { backups, chosen, trouble }: ContextFrom<typeof windowsRestoreMachine>,
  state: StateOf<typeof windowsRestoreMachine>,
  { windowsRestore: said }: Texts,
): Draft {
  const asNew = button('skip', said.asNew, 'user.skip')
  switch (state) {
    case 'choosing':
      return {
        step: 'choice',
        title: said.title,
        body: [detail(said.about)],
        controls: [
          {
            id: 'backup',
            kind: 'choice',
            label: said.choice,
            options: backups.map(({ id, device, lastModified }) => ({
              id,
              label: device,
              detail: said.lastBackup({ date: lastModified.slice(0, 10) }),
            })),
            selected: backups[0]?.id ?? '',
          },
          asNew,
          primary('continue', said.restore, 'user.next'),
        ],
        why: WHY,
      }
    case 'restoring':
      return {
        ...working(said.restoring({ device: chosen?.device ?? '' }), detail(said.wait)),
        step: 'restoring',
        why: WHY,
      }
    case 'refused':
      return {
        step: 'refused',
        title: said.refused,
        body: [line(said.refusedAbout), ...(trouble ? [line(trouble.code, 'code')] : [])],
        controls: [primary('skip', said.asNew, 'user.skip')],
        ...(trouble ? { failure: { code: trouble.code, text: said.refusedAbout } } : {}),
      }
    default:
      return undrawn(state)
  }
}
