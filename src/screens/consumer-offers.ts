import { EXPERIENCES } from '../domain/consumer-offers.ts'
import type { Texts } from '../texts/en.ts'
import { button, type Draft, detail, primary } from './parts.ts'

const WHY = [{ fact: 'a personal Microsoft account', effect: 'pages with offers' }]

export const deviceExperienceScreen = (_context: unknown, _state: unknown, { offers: said, common }: Texts): Draft => ({
  title: said.experience,
  body: [detail(said.experienceAbout)],
  controls: [
    {
      id: 'experience',
      kind: 'choice',
      label: said.experienceChoice,
      options: EXPERIENCES.map((id) => ({ id, label: said[id] })),
      selected: EXPERIENCES[0],
    },
    button('skip', common.skip, 'user.skip'),
    primary('accept', common.accept, 'user.accept'),
  ],
  why: WHY,
})

/** A page with one offer, which can be taken or left. */
const offer = (title: string, about: string, { no, yes }: { no: string; yes: string }): Draft => ({
  title,
  body: [detail(about)],
  controls: [button('skip', no, 'user.skip'), primary('accept', yes, 'user.accept')],
  why: WHY,
})

export const oneDriveScreen = (_context: unknown, _state: unknown, { offers: said, common }: Texts): Draft =>
  offer(said.backup, said.backupAbout, { no: said.noBackup, yes: common.next })

export const microsoft365Screen = (_context: unknown, _state: unknown, { offers: said }: Texts): Draft =>
  offer(said.trial, said.trialAbout, { no: said.noTrial, yes: said.takeTrial })

export const oemRegistrationScreen = (_context: unknown, _state: unknown, { offers: said, common }: Texts): Draft =>
  offer(said.registration, said.registrationAbout, { no: common.skip, yes: common.next })
