import * as v from 'valibot'
import { changeText } from '../domain/network.ts'
import { defineEvent } from './define-event.ts'
import { proxyFacts } from './network-values.ts'

/** The proxy of the network fails, asks for a sign-in, or there is another one. */
export const proxy = defineEvent({
  schema: v.union([v.picklist(['down', 'signIn']), proxyFacts]),
  to: 'device',
  words: (value) => changeText({ proxy: value }),
  apply: (value) => ({ kind: 'surroundings', change: { proxy: value } }),
  undo: () => ({ kind: 'surroundings', change: { proxy: null } }),
})
