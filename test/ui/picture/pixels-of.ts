import { inflateSync } from 'node:zlib'

/** A picture as it comes out at the other end: each pixel as `#rrggbb`, row by row. */
export type Seen = string[][]

const hex = (parts: Iterable<number>): string =>
  `#${[...parts].map((part) => part.toString(16).padStart(2, '0')).join('')}`

/** What our PNG files say: eight bits, true colours, no filter. */
export function pngPixels(file: Buffer): Seen {
  const data: Buffer[] = []
  let [width, height] = [0, 0]
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at)
    const type = file.toString('latin1', at + 4, at + 8)
    const body = file.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') [width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)]
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  const lines = inflateSync(Buffer.concat(data))
  const stride = width * 3 + 1
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => hex(lines.subarray(y * stride + 1 + x * 3, y * stride + 4 + x * 3))),
  )
}

/** What a terminal makes of sixels; a pixel that was not written is empty. */
export function sixelPixels(sequence: string): Seen {
  const [, width, height, rest = ''] = /^\u001bP0;1;0q"1;1;(\d+);(\d+)(.*)\u001b\\$/s.exec(sequence) ?? []
  const seen: Seen = Array.from({ length: Number(height) }, () => Array.from({ length: Number(width) }, () => ''))
  const colours = new Map<string, string>()
  let [x, top, colour] = [0, 0, '']
  for (const [, defined, parts, chosen, times, sign, control] of rest.matchAll(
    /#(\d+);2;(\d+;\d+;\d+)|#(\d+)|(?:!(\d+))?([?-~])|([$-])/g,
  )) {
    if (defined) colours.set(defined, hex(parts!.split(';').map((part) => Math.round((Number(part) * 255) / 100))))
    else if (chosen) colour = colours.get(chosen)!
    else if (control === '$') x = 0
    else if (control === '-') [x, top] = [0, top + 6]
    else {
      const bits = sign!.charCodeAt(0) - 0x3f
      for (let time = 0; time < Number(times ?? 1); time++, x++)
        for (let bit = 0; bit < 6; bit++) if ((bits >> bit) & 1) seen[top + bit]![x] = colour
    }
  }
  return seen
}
