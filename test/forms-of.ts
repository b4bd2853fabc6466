/** The forms in which a text may stand in an artefact, by any rules: to look for a secret that should be nowhere. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const uri = encodeURIComponent(secret)
  const strict = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const form = new URLSearchParams({ '': secret }).toString().slice(1)
  const json = JSON.stringify(secret).slice(1, -1)
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  const numbered = [...secret].map((character) => `&#${character.codePointAt(0)};`).join('')
  const base64 = (text: Buffer): string => text.toString('base64').replace(/=+$/, '').slice(0, -1)
  return [
    ...[secret, [...secret].reverse().join(''), secret.toLowerCase(), secret.toUpperCase()],
    ...[uri, uri.toLowerCase(), encodeURI(secret), form, encodeURIComponent(form), encodeURIComponent(uri)],
    ...[strict, strict.toUpperCase()],
    ...[json, JSON.stringify(json).slice(1, -1), xml, numbered],
    ...[bytes.toString('hex'), bytes.toString('hex').toUpperCase(), Buffer.from(secret, 'utf16le').toString('hex')],
    ...[base64(bytes), bytes.toString('base64url').slice(0, -1), base64(Buffer.from(secret, 'utf16le'))],
    ...[1, 2].map((before) => base64(Buffer.concat([Buffer.alloc(before, 0x3a), bytes])).slice(before + 1)),
  ].filter((text) => text.length > 7)
}
