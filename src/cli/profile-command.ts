import { type Action, runAction } from './actions.ts'

const ACTIONS: Record<string, Action> = {
  explain: {
    operands: 'VALUE|FILE',
    summary: 'each bit of CloudAssignedOobeConfig, what it hides, and whether Windows takes a profile file',
    load: () => import('./profile/explain.ts'),
  },
  export: {
    operands: 'PROFILE',
    summary: 'AutopilotConfigurationFile.json of a deployment profile, for devices without a registration',
    load: () => import('./profile/export.ts'),
  },
}

export const profileCommand = (args: string[]): Promise<number> => runAction('oobe profile', ACTIONS, args)
