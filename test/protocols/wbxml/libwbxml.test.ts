import { describe, expect, test } from 'vitest'
import { METINF, SYNCML_12 } from '../../../src/protocols/syncml/constants.ts'
import { CODE_PAGES, tagOf } from '../../../src/protocols/wbxml/code-pages.ts'
import { decodeWbxml } from '../../../src/protocols/wbxml/decode.ts'
import { encodeWbxml } from '../../../src/protocols/wbxml/encode.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { toWbxml, toXml } from '../../wbxml-tools.ts'
import { isWithout } from '../../without.ts'
import { ANSWER, PACKAGE } from './samples.ts'

describe.skipIf(isWithout('wbxml2xml', 'xml2wbxml'))('by libwbxml', () => {
  test.each([
    ['a message of a device', PACKAGE],
    ['an answer of a server', ANSWER],
  ])('%s is what was written [point 49: libwbxml]', (_, xml) => {
    expect(parseXml(toXml(encodeWbxml(parseXml(xml))))).toEqual(parseXml(xml))
  })

  test.each(['1.1', '1.2', '1.3'])('what it writes in WBXML %s is read [point 49: libwbxml]', (version) => {
    for (const xml of [PACKAGE, ANSWER]) expect(decodeWbxml(toWbxml(xml, ['-v', version]))).toEqual(parseXml(xml))
  })

  test('each token of both code pages is the same element for it [point 49: libwbxml]', () => {
    const tags = CODE_PAGES.flatMap(({ names }, page) =>
      names.flatMap((_, index) => {
        const tag = tagOf(page, index + 5)
        return tag ? [tag] : []
      }),
    )
    expect(tags).toHaveLength(55 + 18)
    const elements = tags.map(({ uri, local }) => (uri === METINF ? `<${local} xmlns="${METINF}"/>` : `<${local}/>`))
    const xml = `<SyncML xmlns="${SYNCML_12}">${elements.join('')}</SyncML>`
    expect(decodeWbxml(toWbxml(xml))).toEqual(parseXml(xml))
    expect(parseXml(toXml(encodeWbxml(parseXml(xml))))).toEqual(parseXml(xml))
  })

  test('attributes, for which SyncML has no tokens, are passed over', () => {
    const data = '<Data m:originalerror="0x86000002" xmlns:m="http://m.example">404</Data>'
    const xml = `<SyncML xmlns="${SYNCML_12}"><SyncBody>${data}</SyncBody></SyncML>`
    expect(toXml(encodeWbxml(parseXml(xml)))).toContain('<Data>404</Data>')
  })

  test('names of the string table, and an opaque text', () => {
    const xml = `<SyncML xmlns="${SYNCML_12}"><SyncBody><Data><a><b>c</b></a></Data><Data><![CDATA[<d/>]]></Data></SyncBody></SyncML>`
    expect(decodeWbxml(toWbxml(xml))).toEqual(parseXml(xml))
    const table = xml.replace(/<Data><!.*?<\/Data>/, '')
    expect(parseXml(toXml(encodeWbxml(parseXml(table))))).toEqual(parseXml(table))
  })
})
