import { type Action, runAction } from './actions.ts'

const ACTIONS: Record<string, Action> = {
  list: { summary: 'the statecharts of the first boot', load: () => import('./machine/list.ts') },
  show: {
    operands: 'NAME',
    summary: 'one of them: its states, what leads from one to the next, and how it can end',
    load: () => import('./machine/show.ts'),
  },
}

export const machineCommand = (args: string[]): Promise<number> => runAction('oobe machine', ACTIONS, args)
