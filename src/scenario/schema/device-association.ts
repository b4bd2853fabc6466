import * as v from 'valibot'
import { text } from './common.ts'

/** Devices that an administrator has pre-associated (oobe-autopilot-esp.md, 2.9 [D]). */
export const deviceAssociations = v.exactOptional(
  v.array(
    v.strictObject({
      device: v.pipe(text, v.description('A device file, by name')),
      policy: v.pipe(
        v.optional(v.string(), ''),
        v.description('A device preparation policy for this device; left out: the one of the person who signs in'),
      ),
      language: v.optional(v.string(), ''),
      deviceNameTemplate: v.optional(v.string(), ''),
    }),
  ),
)
