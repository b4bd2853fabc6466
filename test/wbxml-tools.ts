import { spawnSync } from 'node:child_process'

function run(program: 'wbxml2xml' | 'xml2wbxml', options: string[], input: Uint8Array | string): Buffer {
  const { status, stdout, stderr } = spawnSync(program, [...options, '-o', '-', '-'], { input })
  if (status !== 0) throw new Error(`${program}: ${stderr.toString()}`)
  return stdout
}

/** What libwbxml makes of a document in WBXML: XML without its document type. */
export const toXml = (wbxml: Uint8Array): string =>
  run('wbxml2xml', ['-m', '0', '-k'], wbxml)
    .toString()
    .replace(/<\?xml[^>]*>/, '')
    .replace(/<!DOCTYPE[^>]*>/, '')

/** What libwbxml writes for a document in XML: texts that it has twice are in its string table. */
export const toWbxml = (xml: string, options: string[] = []): Uint8Array =>
  new Uint8Array(run('xml2wbxml', ['-k', ...options], xml))
