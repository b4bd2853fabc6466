import { expect, test } from 'vitest'
import { decodeForms, decodePageText } from '../../../src/protocols/entra/html-form.ts'
import { fuzz, refusal } from '../fuzz.ts'

const page = `<!DOCTYPE html><html><head><title>Sign in</title><style>form{}</style></head><body onload="x > y">
<!-- <form action="/commented"> --><script>var a = '<form action="/scripted">'</script>
<h1>Hillview &amp; Sons</h1><p>Line&#32;one<br>line two</p>
<FORM METHOD=post action='/go?a=1&amp;b=2'><input type="hidden" name="wresult" value="&lt;a x=&quot;1&quot;>&#x41;"/>
<input name=user type=EMAIL><input type=password name=pw><input disabled value="twice" name="x" name="y">
<button name="decision" value="accept">Accept</button></FORM><form><input name="q"></form></body></html>`

test('forms are found with their fields, and none that is no form', () => {
  expect(decodeForms(page)).toEqual([
    {
      method: 'POST',
      action: '/go?a=1&b=2',
      fields: [
        { name: 'wresult', type: 'hidden', value: '<a x="1">A' },
        { name: 'user', type: 'email', value: '' },
        { name: 'pw', type: 'password', value: '' },
        { name: 'x', type: 'text', value: 'twice' },
        { name: 'decision', type: 'submit', value: 'accept' },
      ],
    },
    { method: 'GET', action: '', fields: [{ name: 'q', type: 'text', value: '' }] },
  ])
})

test('the text of a page is what a person reads', () => {
  expect(decodePageText(page)).toEqual(['Hillview & Sons', 'Line one', 'line two'])
})

test('a page that is too large, or has too much on it, is refused', () => {
  expect(refusal(() => decodeForms('a'.repeat(1024 * 1024 + 1)))).toBe('ERR_HTML_TOO_LARGE')
  expect(refusal(() => decodeForms('<form></form>'.repeat(33)))).toBe('ERR_HTML_TOO_LARGE')
  expect(refusal(() => decodeForms('<div>'.repeat(513)))).toBe('ERR_HTML_TOO_LARGE')
  expect(refusal(() => decodePageText('<div>'.repeat(200_000)))).toBe('ERR_HTML_TOO_LARGE')
  expect(refusal(() => decodeForms(`<form>${'<input>'.repeat(257)}`))).toBe('ERR_HTML_TOO_LARGE')
})

test.each<[string, string, object[]]>([
  [
    'character references',
    '<form action="/a"><input name=u value="&eacute;&#x80;">',
    [{ action: '/a', fields: [{ value: '\u00e9\u20ac' }] }],
  ],
  ['a form in a text field', '<form><textarea name=t><input name=no></textarea></form>', [{ fields: [] }]],
  ['a form in the title', '<title><form action=/no></form></title><form action=/yes>', [{ action: '/yes' }]],
  [
    'a form in a form',
    '<form action=/1><form action=/2><input name=x></form>',
    [{ action: '/1', fields: [{ name: 'x' }] }],
  ],
  ['an empty comment', '<!--><form action=/yes></form>', [{ action: '/yes' }]],
  ['a comment that ends with --!>', '<!-- x --!><form action=/yes></form>', [{ action: '/yes' }]],
  ['a quote too many', '<form action="/yes""><input name=u></form>', [{ action: '/yes', fields: [{ name: 'u' }] }]],
  ['a name with an underscore', '<form><input name=u my_value=no value=v></form>', [{ fields: [{ value: 'v' }] }]],
])('%s is read as a browser reads it', (_, html, forms) => {
  expect(decodeForms(html)).toMatchObject(forms)
  expect(decodeForms(html)).toHaveLength(forms.length)
})

test('mutations are read or refused, and nothing else is thrown', () => {
  expect(fuzz(page, decodeForms).other).toEqual([])
  expect(fuzz(page, decodePageText).other).toEqual([])
})
