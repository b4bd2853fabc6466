import { type Action, runAction } from './actions.ts'

const ACTIONS: Record<string, Action> = {
  hosts: {
    summary: 'what a firewall must let through, by service, and what fails without it',
    load: () => import('./network/hosts.ts'),
  },
}

export const networkCommand = (args: string[]): Promise<number> => runAction('oobe network', ACTIONS, args)
