import { type Action, runAction } from './actions.ts'

const ACTIONS: Record<string, Action> = {
  list: { summary: 'the devices there are', load: () => import('./device/list.ts') },
  show: {
    operands: 'DEVICE',
    summary: 'every fact of a device, with its source',
    load: () => import('./device/show.ts'),
  },
  new: {
    operands: '[ID|FILE]',
    summary: 'a device of your own: writes its file',
    load: () => import('./device/new.ts'),
  },
  'from-hash': {
    operands: '[FILE|HASH|DEVICE|-]',
    summary: 'the file of a device that says what a hash says',
    load: () => import('./device/from-hash.ts'),
  },
  hash: {
    operands: 'DEVICE',
    summary: 'its hardware hash: base64, 4000 characters',
    load: () => import('./device/hash.ts'),
  },
  decode: {
    operands: '[FILE|HASH|DEVICE|-]',
    summary: 'what a hardware hash says',
    load: () => import('./device/decode.ts'),
  },
  diff: {
    operands: 'A B',
    summary: 'what differs between two hashes, and what that means',
    load: () => import('./device/diff.ts'),
  },
  lint: {
    operands: '[FILE|HASH|DEVICE|-]',
    summary: 'checks a hash as oa3tool /ValidateHwHash does',
    load: () => import('./device/lint.ts'),
  },
  csv: {
    operands: 'DEVICE...',
    summary: 'a file that registers devices with Autopilot',
    load: () => import('./device/csv.ts'),
  },
  tpm: {
    operands: 'DEVICE',
    summary: 'its TPM: readiness, endorsement keys and their certificates',
    load: () => import('./device/tpm.ts'),
  },
  csp: {
    operands: '[DEVICE] [PATH]',
    summary: 'its management tree: nodes, formats, access, values',
    load: () => import('./device/csp.ts'),
  },
}

export const deviceCommand = (args: string[]): Promise<number> => runAction('oobe device', ACTIONS, args)
