import { type Action, runAction } from './actions.ts'

const ACTIONS: Record<string, Action> = {
  list: { summary: 'the devices there are', load: () => import('./device/list.ts') },
  hash: {
    operands: 'DEVICE',
    summary: 'its hardware hash: base64, 4000 characters',
    load: () => import('./device/hash.ts'),
  },
}

export const deviceCommand = (args: string[]): Promise<number> => runAction('oobe device', ACTIONS, args)
