import type { PayloadReader, PayloadWriter } from './byte-cursor.ts'
import { readBuild, writeBuild } from './fields.ts'
import type { ToolHeader } from './report.ts'

/** The clock of record 1 starts at 2000-01-01T00:00:00Z. */
const EPOCH_MS = 946_684_800_000

/** What its 32 bits of seconds can say: 2000-01-01T00:00:00Z to 2136-02-07T06:28:15Z. */
export const TOOL_TIME = { first: EPOCH_MS, last: EPOCH_MS + 0xffff_ffff * 1000 }

/** 120 quarters, which `oa3tool` prints as "+30:00": no offset was set. */
const OFFSET_NOT_SET = 0x78

/** Payload of record 1, 24 bytes (device-identity.md section 1.4). */
export const toolHeader = {
  read(reader: PayloadReader): ToolHeader {
    const toolBuild = readBuild(reader)
    const osBuild = readBuild(reader)
    const time = EPOCH_MS + reader.u32() * 1000
    const offset = reader.s8()
    return {
      toolBuild,
      osBuild,
      time,
      utcOffsetQuarters: offset === OFFSET_NOT_SET ? null : offset,
      osType: reader.u8(),
      architecture: reader.u8(),
      toolVersion: reader.u8(),
    }
  },

  write(writer: PayloadWriter, tool: ToolHeader): void {
    writeBuild(writer, tool.toolBuild)
    writeBuild(writer, tool.osBuild)
    if (tool.utcOffsetQuarters === OFFSET_NOT_SET) throw new RangeError('120 quarter hours mean "not set": pass null')
    writer
      .u32((tool.time - EPOCH_MS) / 1000)
      .s8(tool.utcOffsetQuarters ?? OFFSET_NOT_SET)
      .u8(tool.osType)
      .u8(tool.architecture)
      .u8(tool.toolVersion)
  },
}
