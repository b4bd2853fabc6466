import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { parseXml } from '../../../src/protocols/xml/read.ts'
import { readPlain } from '../../../src/protocols/xml/read-plain.ts'

/** A comment is not plain: the document before it is read by saxes. */
const readBySaxes = (document: string) => parseXml(`${document}<!---->`)

const DOCUMENTS = [
  '<a/>',
  '<a >text</a>',
  `<?xml version="1.0" encoding="utf-8"?>\n<a xmlns="urn:a" b='1' c="&lt;2&#x41;"><b/>one<b>two</b>three</a>\n`,
  '<s:Envelope xmlns:s="urn:s"><s:Body s:id="1" id="2"><a xmlns="urn:a"><b xmlns:s="urn:t"><s:c/></b></a></s:Body></s:Envelope>',
  '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD></SyncHdr><Data>a&amp;b &#xF000;</Data></SyncML>',
]

it.each(DOCUMENTS)('reads what saxes reads: %s', (document) => {
  expect(readPlain(document)).toEqual(readBySaxes(document))
})

it.each([
  ['a comment', '<a><!-- b --></a>'],
  ['a CDATA section', '<a><![CDATA[b]]></a>'],
  ['the end of one', '<a>]]></a>'],
  ['a DOCTYPE', '<!DOCTYPE a><a/>'],
  ['an instruction', '<a><?b c?></a>'],
  ['letters beyond ASCII', '<a>é</a>'],
  ['a carriage return', '<a>\r\n</a>'],
  ['an entity', '<a>&b;</a>'],
  ['a character that XML has not', '<a>&#0;</a>'],
  ['an undeclared prefix', '<a:b/>'],
  ['an undeclared prefix of an attribute', '<a b:c="d"/>'],
  ['a prefix like the reserved one', '<a xmln:s="urn:a"/>'],
  ['a reserved prefix', '<a xml:lang="en"/>'],
  ['a namespace that ends', '<a xmlns="urn:a"><b xmlns=""/></a>'],
  ['an attribute twice', '<a b="1" b="2"/>'],
  ['an attribute twice by its namespace', '<a xmlns:b="urn:a" xmlns:c="urn:a" b:d="1" c:d="2"/>'],
  ['a line in an attribute', '<a b="c\nd"/>'],
  ['text behind the root', '<a/>b'],
  ['a second root', '<a/><a/>'],
  ['another end tag', '<a></b>'],
  ['no end tag', '<a><b></b>'],
  ['half an empty tag', '<a/;'],
  ['nothing', ' '],
])('leaves %s to saxes', (_, document) => {
  expect(readPlain(document)).toBeUndefined()
})

it('takes no document that saxes refuses, and reads no other into it', () => {
  const chance = seededChance(1, 'payload')
  const pieces = [
    ...'<>/"\'&;= \n\t-.1\ré',
    '&#x',
    '&lt;',
    '&#13;',
    '<a>',
    '</a>',
    '<a/>',
    '<!--',
    ']]>',
    '<?',
    '?>',
    'xmlns',
  ]
  pieces.push('xmlns:a="b"', ' a="1"', ' a="1" a="2"', 'p:q', 'xml:lang="e"', '<?xml version="1.0"?>')
  let read = 0
  for (let round = 0; round < 5_000; round++) {
    let document = DOCUMENTS[chance.integer(DOCUMENTS.length)]!
    for (let changes = 1 + chance.integer(2); changes > 0; changes--) {
      const at = chance.integer(document.length + 1)
      const [before, after] = [document.slice(0, at), document.slice(at)]
      const piece = pieces[chance.integer(pieces.length)]!
      document = chance.integer(2) === 0 ? before + piece + after : before + after.slice(1 + chance.integer(3))
    }
    const plain = readPlain(document)
    if (!plain) continue
    read++
    expect(plain, document).toEqual(readBySaxes(document))
  }
  expect(read).toBeGreaterThan(500)
})

it('keeps no document alive by the tags that it knows', () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const padding = 'a text of a document. '.repeat(5_000)
  collect()
  const before = process.memoryUsage().heapUsed
  for (let index = 0; index < 500; index++) {
    expect(
      readPlain(`<a-name-of-its-document-${index}>${index}${padding}</a-name-of-its-document-${index}>`),
    ).toBeDefined()
  }
  collect()
  // 500 documents of 110 kB.
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000)
})
