import * as v from 'valibot'
import { TENANT_LIMITS } from '../../domain/tenant-limits.ts'
import { logoRows } from '../../protocols/entra/logo-text.ts'
import { text } from './common.ts'

const { logoRows: ROWS, logoColumns: COLUMNS } = TENANT_LIMITS

/** Company branding of Microsoft Entra, as far as pages of the first boot show it. */
export const branding = v.optional(
  v.strictObject({
    color: v.optional(v.pipe(text, v.regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0f6cbd'))),
    logo: v.optional(
      v.pipe(
        text,
        v.check((logo) => logoRows(logo).length <= ROWS, `must have at most ${ROWS} rows`),
        v.check(
          (logo) => logoRows(logo).every((row) => [...row].length <= COLUMNS),
          `must have at most ${COLUMNS} characters in each row`,
        ),
        v.description('A logo of block characters, in rows, in the place of the image of the company branding'),
      ),
    ),
    signInPageText: v.optional(text),
    usernameHint: v.optional(text),
  }),
  {},
)
