import { expect, test } from 'vitest'
import { DecodeError } from '../../../src/domain/trouble.ts'
import {
  decodeOfficeConfiguration,
  encodeOfficeConfiguration,
} from '../../../src/protocols/office-job/office-configuration.ts'

test('a configuration comes back as it went', () => {
  const configuration = {
    sourcePath: 'https://content.hillview.test/office.cab',
    products: ['O365ProPlusRetail', 'VisioProRetail'],
    channel: 'MonthlyEnterprise',
  }
  expect(decodeOfficeConfiguration(encodeOfficeConfiguration(configuration))).toEqual(configuration)
})

test('a configuration of the Office Deployment Tool is read, with what it says more', () => {
  const text = `<Configuration>
    <Add OfficeClientEdition="64" Channel="Current">
      <Product ID="O365ProPlusRetail"><Language ID="en-us"/><ExcludeApp ID="Groove"/></Product>
    </Add>
    <Updates Enabled="TRUE"/><Display Level="None" AcceptEULA="TRUE"/>
  </Configuration>`
  expect(decodeOfficeConfiguration(text)).toEqual({ products: ['O365ProPlusRetail'], channel: 'Current' })
})

test.each([
  ['<Add/>', 'ERR_OFFICE_CONFIGURATION_MALFORMED: the root element is not a Configuration'],
  ['<Configuration><Remove All="TRUE"/></Configuration>', 'ERR_OFFICE_CONFIGURATION_MALFORMED: it adds no Product'],
  ['<Configuration', 'ERR_XML_MALFORMED'],
])('%s is refused', (text, message) => {
  const refused = (): string => {
    try {
      decodeOfficeConfiguration(text)
      return 'read'
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      return `${error.code}: ${error.message}`
    }
  }
  expect(refused()).toContain(message)
})
