import { expect, test } from 'vitest'
import { seededChance } from '../../../src/ports/seeded-chance.ts'
import { readableBody } from '../../../src/report/wire/indent.ts'

const lines = (text: string, isFull = false) => readableBody(text, { isFull })

test('markup is indented, and an element with nothing but text keeps to its line', () => {
  expect(
    lines('<?xml version="1.0"?>\r\n<a x="1"  y="2"><b>text</b><c/><d></d><!-- note --><e><f>1</f></e></a>'),
  ).toEqual([
    '<?xml version="1.0"?>',
    '<a x="1" y="2">',
    '  <b>text</b>',
    '  <c/>',
    '  <d></d>',
    '  <!-- note -->',
    '  <e>',
    '    <f>1</f>',
    '  </e>',
    '</a>',
  ])
})

test('documents in a document are unfolded: escaped, in CDATA, in base64', () => {
  expect(
    lines(
      '<Data>&lt;MsiInstallJob id="1"&gt;&lt;Product&gt;x &amp;amp; y&lt;/Product&gt;&lt;/MsiInstallJob&gt;</Data>',
    ),
  ).toEqual(['<Data>', '  <MsiInstallJob id="1">', '    <Product>x &amp; y</Product>', '  </MsiInstallJob>', '</Data>'])
  expect(lines('<Data><![CDATA[<a><b>1</b></a>]]></Data>')).toEqual([
    '<Data>',
    '  <a>',
    '    <b>1</b>',
    '  </a>',
    '</Data>',
  ])
  const document = Buffer.from('<wap-provisioningdoc><parm name="a" value="1"/></wap-provisioningdoc>').toString(
    'base64',
  )
  expect(lines(`<t>${document.replace(/.{20}/g, '$&&#xD;\n')}</t>`)).toEqual([
    '<t>',
    '  <wap-provisioningdoc>',
    '    <parm name="a" value="1"/>',
    '  </wap-provisioningdoc>',
    '</t>',
  ])
})

test('JSON and forms have a line for each field', () => {
  expect(lines('{"a":[1,"x"]}')).toEqual(['{', '  "a": [', '    1,', '    "x"', '  ]', '}'])
  expect(lines('login=alice%40contoso.example&passwd=%zz&empty=')).toEqual([
    'login = alice@contoso.example',
    'passwd = %zz',
    'empty = ',
  ])
})

test('a certificate is cut unless all is wanted', () => {
  const certificate = 'MII'.repeat(60)
  expect(lines(`<c>${certificate}</c>`)).toEqual([`<c>${certificate.slice(0, 48)}… (180 characters)</c>`])
  expect(lines(`<c>${certificate}</c>`, true)).toEqual([`<c>${certificate}</c>`])
})

test('whatever the text is, nothing of it is lost', () => {
  const pieces = [
    '<a>',
    '</a>',
    '<b x="1">',
    '</b>',
    '<c/>',
    '<',
    '>',
    '</',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    'text',
    '&amp;',
    ' ',
    '\n',
    '{',
    '='.repeat(3),
  ]
  const chance = seededChance(11, 'payload')
  for (let round = 0; round < 3_000; round++) {
    const text = `<r>${Array.from({ length: chance.integer(14) }, () => pieces[chance.integer(pieces.length)]).join('')}`
    expect(
      lines(text, true)
        .join('')
        .replace(/\s/g, '')
        .replace(/<!\[CDATA\[|\]\]>/g, ''),
    ).toBe(text.replace(/\s/g, '').replace(/<!\[CDATA\[|\]\]>/g, ''))
  }
})

test.each([
  ['objects', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`],
  ['arrays', '['.repeat(15_000) + ']'.repeat(15_000)],
])('JSON of %s nested too deep is shown as it is', (_, text) => {
  expect(lines(text)).toEqual([text])
})

test('CDATA nested too deep is shown as it is', () => {
  expect(lines(`<a>${'<![CDATA['.repeat(20_000)}`).at(-1)).toContain('<![CDATA[<![CDATA[')
})
