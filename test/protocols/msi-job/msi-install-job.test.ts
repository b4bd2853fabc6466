import { expect, test } from 'vitest'
import { decodeMsiInstallJob, encodeMsiInstallJob } from '../../../src/protocols/msi-job/msi-install-job.ts'
import { fuzz, refusal } from '../fuzz.ts'

const job = {
  productId: '{F0000000-0000-4000-8000-000000000001}',
  version: '1.0.0',
  contentUrls: ['https://cdn.contoso.example/a.msi?x=1&y=2', 'https://cdn.contoso.example/b.msi'],
  fileHash: 'AB'.repeat(32),
  enforcement: { commandLine: '/quiet TARGET="C:\\a b"', timeOut: 10, retryCount: 1, retryInterval: 5 },
}
const text = encodeMsiInstallJob(job)

test('a job is written exactly', () => {
  expect(text).toBe(
    '<MsiInstallJob id="{F0000000-0000-4000-8000-000000000001}"><Product Version="1.0.0"><Download><ContentURLList>' +
      '<ContentURL>https://cdn.contoso.example/a.msi?x=1&amp;y=2</ContentURL>' +
      '<ContentURL>https://cdn.contoso.example/b.msi</ContentURL></ContentURLList></Download>' +
      `<Validation><FileHash>${'AB'.repeat(32)}</FileHash></Validation>` +
      '<Enforcement><CommandLine>/quiet TARGET="C:\\a b"</CommandLine><TimeOut>10</TimeOut>' +
      '<RetryCount>1</RetryCount><RetryInterval>5</RetryInterval></Enforcement></Product></MsiInstallJob>',
  )
})

test('a job comes back as it went', () => {
  const fromAad = { ...job, enforcement: { ...job.enforcement, downloadFromAad: true } }
  expect(decodeMsiInstallJob(text)).toEqual(job)
  expect(decodeMsiInstallJob(encodeMsiInstallJob(fromAad))).toEqual(fromAad)
})

test('a job with a namespace, white space and no enforcement is read', () => {
  const least = `
    <MsiInstallJob id=" {1} " xmlns="urn:x">
      <Product>
        <Validation><FileHash> ab </FileHash></Validation>
        <Download><ContentURLList><ContentURL/><ContentURL> https://a.example </ContentURL></ContentURLList></Download>
      </Product>
    </MsiInstallJob>`
  expect(decodeMsiInstallJob(least)).toEqual({
    productId: '{1}',
    version: '',
    contentUrls: ['https://a.example'],
    fileHash: 'ab',
    enforcement: { commandLine: '', timeOut: 0, retryCount: 0, retryInterval: 0 },
  })
})

test.each([
  ['another root', '<a/>', 'ERR_MSI_JOB_MALFORMED'],
  ['no product code', text.replace(/ id="[^"]*"/, ''), 'ERR_MSI_JOB_MALFORMED'],
  ['no address', text.replaceAll(/<ContentURL>.*?<\/ContentURL>/g, ''), 'ERR_MSI_JOB_MALFORMED'],
  ['no hash', text.replace(/<FileHash>.*<\/FileHash>/, ''), 'ERR_MSI_JOB_MALFORMED'],
  ['a time that is no number', text.replace('>10<', '>ten<'), 'ERR_MSI_JOB_MALFORMED'],
  ['no XML', 'quiet', 'ERR_XML_MALFORMED'],
])('%s is refused', (_, spoiled, code) => {
  expect(refusal(() => decodeMsiInstallJob(spoiled))).toBe(code)
})

test('mutations are read or refused, and nothing else is thrown', () => {
  expect(fuzz(text, decodeMsiInstallJob).other).toEqual([])
})
