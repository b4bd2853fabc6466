import { because, either } from './windows-code.ts'

/** Windows Hello for Business: its codes are of the facility of the join. */
export const HELLO_CODES = {
  helloSkipped: because(
    '0x801c044f',
    'The person left Windows Hello out after something had gone wrong.',
    'oobe-autopilot-esp.md, 4.9 [F]',
  ),
  helloKeyRefused: either(
    '0x801c03ed',
    {
      where: 'the key of Windows Hello',
      why: 'Microsoft Entra did not take the key: its token names no device, or the sign-in had no second proof.',
      source: 'mdm-protocols.md, 4.2 [U]',
    },
    {
      where: 'the join',
      why: 'The policy of the tenant does not let this person join devices.',
      source: 'oobe-autopilot-esp.md, 4.9 [F]',
    },
  ),
} as const
