import { DecodeError } from '../../domain/trouble.ts'
import { TpmReader } from '../../protocols/tpm/bytes.ts'
import { CC, ST } from '../../protocols/tpm/constants.ts'
import { type CommandAuth, encodeResponse, readAuthArea } from '../../protocols/tpm/frames.ts'
import { ofHandle, RC } from '../../protocols/tpm/response-codes.ts'
import { answerSessions, authorize } from './authorize.ts'
import { COMMANDS } from './commands/commands.ts'
import { endorsementSeedOf } from './endorsement-seed.ts'
import { checkHandle } from './handles.ts'
import { Parameters } from './parameters.ts'
import { refuseUnless, TpmRefusal } from './refusal.ts'
import { type TpmParts, TpmState } from './state.ts'
import type { Tpm } from './tpm.ts'

const NONE = new Uint8Array(0)
const HEADER = 10
const COMMAND_MAX = 4096

/**
 * A TPM 2.0 whose keys follow from the endorsement seed. It takes the commands of `CC`, bytes in and bytes out, and answers
 * with the response codes of the library specification; swtpm is its oracle.
 */
export class BuiltInTpm implements Tpm {
  readonly #state: TpmState

  constructor(parts: TpmParts) {
    this.#state = new TpmState(parts, endorsementSeedOf(parts.facts))
  }

  async execute(command: Uint8Array): Promise<Uint8Array> {
    try {
      return this.#run(command)
    } catch (error) {
      if (!(error instanceof TpmRefusal)) throw error
      return encodeResponse({ code: error.code, parameters: NONE, auths: [] })
    }
  }

  #run(command: Uint8Array): Uint8Array {
    const state = this.#state
    refuseUnless(command.length >= HEADER && command.length <= COMMAND_MAX, RC.COMMAND_SIZE)
    const reader = new TpmReader(command, 'a command')
    const tag = reader.u16()
    refuseUnless(tag === ST.SESSIONS || tag === ST.NO_SESSIONS, RC.BAD_TAG)
    refuseUnless(reader.u32() === command.length, RC.COMMAND_SIZE)
    const code = reader.u32()
    const spec = COMMANDS.get(code)
    refuseUnless(spec !== undefined, RC.COMMAND_CODE)
    refuseUnless(state.isStarted !== (code === CC.Startup), RC.INITIALIZE)

    const handles = spec.handles.map((_, index) => {
      refuseUnless(reader.remaining >= 4, ofHandle(RC.INSUFFICIENT, index + 1))
      return reader.u32()
    })
    for (const [index, { takes }] of spec.handles.entries()) checkHandle(state, handles[index]!, index + 1, takes)

    const roles = spec.handles.map(({ role }) => role ?? null)
    const auths = tag === ST.SESSIONS ? sessionsOf(reader) : []
    refuseUnless(auths.length === 0 || !spec.isAlone, RC.AUTH_CONTEXT)
    const bytes = reader.rest()
    const authorized = authorize(state, code, handles, roles, auths, bytes)

    const parameters = new Parameters(bytes)
    const outcome = spec.run({ state, handles, parameters })
    const answer = { handle: undefined, parameters: NONE, ...outcome }
    return encodeResponse({
      code: RC.SUCCESS,
      ...(answer.handle === undefined ? {} : { handle: answer.handle }),
      parameters: answer.parameters,
      auths: answerSessions(state, code, authorized, answer.parameters),
    })
  }
}

function sessionsOf(reader: TpmReader): CommandAuth[] {
  try {
    const auths = readAuthArea(reader)
    refuseUnless(auths.length > 0, RC.AUTHSIZE)
    return auths
  } catch (error) {
    if (error instanceof DecodeError) throw new TpmRefusal(RC.AUTHSIZE)
    throw error
  }
}
