import { type Action, runAction } from './actions.ts'

const ACTIONS: Record<string, Action> = {
  show: {
    operands: '[TENANT]',
    summary: 'a school: people, devices, groups, profiles, apps, and whether devices can enrol',
    load: () => import('./tenant/show.ts'),
  },
  resolve: {
    operands: 'DEVICE',
    summary: 'what a device gets, and why',
    load: () => import('./tenant/resolve.ts'),
  },
  report: {
    operands: '[RUN...]',
    summary: 'how deployments went: phases with their times, the failed step, its code, and what the school sees of it',
    load: () => import('./tenant/report.ts'),
  },
  import: {
    operands: 'FILE',
    summary: 'plays the registration of a CSV file, row by row',
    load: () => import('./tenant/import.ts'),
  },
  profiles: {
    operands: '[TENANT]',
    summary: 'deployment profiles, and what each hides and skips',
    load: () => import('./tenant/profiles.ts'),
  },
  consent: {
    operands: 'FILE PARTNER',
    summary: 'a Global Administrator lets a partner register devices',
    load: () => import('./tenant/consent.ts'),
  },
  'request-surface': {
    operands: 'FILE DEVICE...',
    summary: "asks Microsoft's support to register Surface devices",
    load: () => import('./tenant/request-surface.ts'),
  },
  move: {
    operands: 'DEVICE',
    summary: 'moves the registration of a device to another school',
    load: () => import('./tenant/move.ts'),
  },
}

export const tenantCommand = (args: string[]): Promise<number> => runAction('oobe tenant', ACTIONS, args)
