import { hidden } from '../page.ts'
import { languageOf, presetsOf } from './oobe-context.ts'
import { endedAs, oobe } from './oobe-setup.ts'

/** Language, region and keyboards. */
export const localeStates = {
  language: oobe.createStateConfig({
    meta: hidden('10 S2'),
    invoke: {
      id: 'language',
      src: 'language',
      input: ({ context }) => ({
        languages: context.facts.languages,
        remembered: context.disk.language,
        preset: presetsOf(context)?.language || undefined,
        isRevisit: context.isRevisit,
      }),
      onDone: [
        {
          guard: endedAs('chosen'),
          actions: [
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'chosen' ? { language: event.output.language } : {}),
            },
            'save',
          ],
          target: 'region',
        },
        { target: 'region' },
      ],
    },
  }),
  region: oobe.createStateConfig({
    meta: hidden('10 S3'),
    invoke: {
      id: 'region',
      src: 'region',
      input: ({ context }) => ({
        language: languageOf(context),
        remembered: context.disk.region,
        preset: presetsOf(context)?.region || undefined,
        isRevisit: context.isRevisit,
      }),
      onDone: [
        {
          guard: endedAs('chosen'),
          actions: [
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'chosen' ? { region: event.output.region } : {}),
            },
            'save',
          ],
          target: 'keyboard',
        },
        { target: 'keyboard' },
      ],
    },
  }),
  keyboard: oobe.createStateConfig({
    meta: hidden('10 S4'),
    invoke: {
      id: 'keyboard',
      src: 'keyboard',
      input: ({ context }) => ({
        language: languageOf(context),
        remembered: context.disk.keyboard,
        profile: presetsOf(context),
        isRevisit: context.isRevisit,
      }),
      onDone: [
        { guard: endedAs('back'), actions: 'goBack', target: 'region' },
        {
          guard: endedAs('chosen'),
          actions: [
            {
              type: 'note',
              params: ({ event }) => (event.output.kind === 'chosen' ? { keyboard: event.output.keyboard } : {}),
            },
            'save',
          ],
          target: 'secondKeyboard',
        },
        { target: 'secondKeyboard' },
      ],
    },
  }),
  secondKeyboard: oobe.createStateConfig({
    meta: hidden('10 S5'),
    invoke: {
      id: 'secondKeyboard',
      src: 'secondKeyboard',
      input: ({ context }) => ({
        keyboard: context.disk.keyboard ?? '',
        remembered: context.disk.secondKeyboard,
        profile: presetsOf(context),
        isRevisit: context.isRevisit,
      }),
      onDone: [
        { guard: endedAs('back'), actions: 'goBack', target: 'keyboard' },
        { guard: endedAs('doesNotApply'), target: 'network' },
        {
          actions: [
            {
              type: 'note',
              params: ({ event }) => ({
                secondKeyboard: event.output.kind === 'added' ? event.output.keyboard : 'none',
              }),
            },
            'save',
          ],
          target: 'network',
        },
      ],
    },
  }),
}
