import { LOSABLE, TPM_CONDITIONS, type TpmCondition } from '../../domain/conditions.ts'
import { KEY_CHORDS } from '../../domain/key-chords.ts'
import type { Offer } from '../../ui/cockpit/source.ts'
import { effectOffers, type Possible } from './effect-offer.ts'
import type { Now } from './now.ts'

const MIN = 'for as long as you leave it so'

/** What can be done to the device itself: its keys, lid, power, clock, chip and disk. */
export function deviceOffers({ entries, spec, isOn, isLidClosed, isManaged, screen }: Now): Offer[] {
  const power: Possible[] = isOn
    ? [
        [{ power: 'cut' }, 'The power fails and comes back: what was not saved is gone, and the device starts again.'],
        [{ power: 'off' }, 'The person switches the device off: it stays off.'],
        ...(isLidClosed
          ? []
          : [[{ lid: 'closed' }, 'The device sleeps: what is due happens when it wakes up.'] as const]),
      ]
    : [[{ power: 'on' }, 'The person switches the device on.']]
  return [
    ...effectOffers(
      'power',
      isLidClosed && isOn ? [...power, [{ lid: 'open' }, 'The device wakes up.']] : power,
      entries,
    ),
    ...(screen
      ? effectOffers(
          'keys',
          KEY_CHORDS.map(({ keys, about }) => [{ keys }, `Opens ${about}.`] as const),
          entries,
        )
      : []),
    ...effectOffers('clock', CLOCK, entries),
    ...(spec.device.tpm ? effectOffers('tpm', conditions(), entries) : []),
    ...effectOffers('disk', DISK, entries),
    ...(isManaged
      ? effectOffers(
          'device',
          [[{ disconnect: true }, 'The person takes the work or school account away in Settings.']],
          entries,
        )
      : []),
  ]
}

const CLOCK: readonly Possible[] = [
  [{ clock: '2h' }, 'Certificates and tokens are looked at two hours later than it is.'],
  [{ clock: '-2h' }, 'Tokens that were just issued are not good yet.'],
  [{ clock: '366d' }, 'Certificates that are good for a year have expired.'],
  [{ clock: '-366d' }, 'A battery that is dead: certificates are not good yet.'],
]

const ABOUT_TPM: Record<TpmCondition, string> = {
  away: `Attestation and keys in hardware fail, ${MIN}.`,
  slow: 'The attestation is not over in its time.',
  cleared: 'The keys that Windows made in it are gone. It cannot be taken back.',
  lockedOut: 'It refuses what needs an authorization.',
  certificateGone: 'The attestation has no certificate to begin with.',
  certificateExpired: 'The attestation service refuses its certificate.',
  certificateWrong: 'The attestation service finds that key and certificate differ.',
  issuerUnknown: 'The attestation service does not know who issued its certificate.',
  firmwareVulnerable: 'Its keys are known to be weak.',
}

const conditions = (): Possible[] =>
  (Object.keys(TPM_CONDITIONS) as TpmCondition[]).map((condition) => [{ tpm: condition }, ABOUT_TPM[condition]])

const DISK: readonly Possible[] = [
  [{ disk: 'full' }, 'Downloads and installations fail.'],
  [{ disk: { slow: 10 } }, 'Installations take ten times as long.'],
  [{ disk: { recovery: 'disabled' } }, 'A reset has no Windows RE to start.'],
  [{ disk: { recovery: 'enabled' } }, 'Windows RE is there for a reset.'],
  ...LOSABLE.map((lost): Possible => [{ disk: { lost } }, 'The next start of the device does not find it.']),
]
