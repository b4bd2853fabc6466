import { atLeast, atMost, ms, rate, row, seconds } from './table.mjs'

/** Devices whose first page waits for a person. The yardstick is an XState actor that does nothing. */
export function parkedRows({ count, bytes, actorBytes, rssMb, cpuMs }, plain) {
  const all = count === 10_000 ? [atMost(800, 'MB')] : []
  return [
    row(
      'a device parked at its `region` page',
      plain(`${(bytes / 1000).toFixed(0)} kB, ${(bytes / actorBytes).toFixed(0)} x an idle XState actor`, bytes / 1000),
      atMost(60, 'kB'),
    ),
    row(`${count.toLocaleString('en')} of them in one process`, plain(`${rssMb.toFixed(0)} MB`, rssMb), ...all),
    row('power-on to that page, processor', plain(`${cpuMs.toFixed(1)} ms`)),
  ]
}

/** Devices from power-on to desktop. The processor's time is the device's, and the server's where that is another process. */
export function enrolmentRows({ direct, msw, derived, searched, https, keys }, plain) {
  const cpu = ({ cpuMs, serverCpuMs }) =>
    `${ms(cpuMs)} of processor each${serverCpuMs === null ? '' : `, and ${ms(serverCpuMs)} of the server's`}`
  const measured = (one) => plain(`${rate(one.perSecond).text}/s; ${cpu(one)}`, one.perSecond)
  return [
    row('enrolments, direct, keys pooled', measured(direct), atLeast(30, '/s')),
    row('enrolments, direct, keys derived each time from known counters', measured(derived)),
    row('enrolments, direct, keys searched each time', measured(searched)),
    row('enrolments, through MSW', measured(msw)),
    row('enrolments, HTTPS, connections kept', measured(https.kept), atLeast(10, '/s')),
    row('enrolments, HTTPS, a fresh mutual TLS handshake for each request', measured(https.fresh)),
    row(
      'one key: RSA-2048 searched, from known counters, pooled; P-256 made',
      plain(
        [keys.searchMs, keys.derivedMs, keys.pooledMs, keys.p256Ms]
          .map((one) => `${one.toFixed(one < 1 ? 3 : 0)} ms`)
          .join(', '),
      ),
    ),
  ]
}

/** One school behind `oobe serve --data`, asked by whole first boots over mutual TLS. */
export function servedRows(
  { count, fresh, requests, perSecondAndCore, perSecond, medianMs, slowestMs, rssMb, stateMb, restartMs },
  plain,
) {
  const school = `a school of ${count.toLocaleString('en')} devices in \`oobe serve --data\``
  const restart = (what, after) => row(`${school}: start again after ${what}`, seconds(after), atMost(5, 's'))
  return [
    row(
      `${school}: requests a second and core of the server, of ${fresh} first boots over mutual TLS`,
      plain(
        `${perSecondAndCore.toFixed(0)}; ${requests} requests, ${perSecond.toFixed(0)} a second with their devices on the same machine`,
        perSecondAndCore,
      ),
      atLeast(150),
    ),
    row(`${school}: time to an answer`, plain(`${medianMs.toFixed(1)} ms, the slowest ${slowestMs.toFixed(0)} ms`)),
    row(
      `${school}: memory of the server`,
      plain(
        `${rssMb.before.toFixed(0)} MB before them, ${rssMb.after.toFixed(0)} MB after, ${rssMb.peak.toFixed(0)} MB at most`,
      ),
    ),
    row(
      `${school}: its state on the disk`,
      plain(`${stateMb.toFixed(1)} MB, ${((stateMb * 1000) / count).toFixed(1)} kB a device`),
    ),
    restart('a stop', restartMs.stopped),
    restart('a kill', restartMs.killed),
  ]
}

/** The yardstick is fast-xml-parser, which knows neither namespaces nor what is well-formed. */
export function xmlRows({ messages, tree, decode, encode, otherParse, otherBuild }, plain) {
  const against = (own, other) => plain(`${own.toFixed(1)} MB/s, ${(own / other).toFixed(2)} x fast-xml-parser`)
  return [
    row(`SyncML read into a tree (${messages} messages of a run)`, against(tree, otherParse)),
    row('SyncML read into commands', against(decode, otherParse)),
    row('SyncML written', against(encode, otherBuild)),
  ]
}

/** Read off the journal of a run that fails twice. */
export function reportRows({ film, html }, plain) {
  return [
    row(
      'a run as a film: recording and moving picture',
      plain(`${film.median.toFixed(0)} ms, the first ${film.first.toFixed(0)} ms`, film.first),
      atMost(300, 'ms'),
    ),
    row(
      `HTML report of ${html.runs} runs`,
      plain(`${(html.ms / 1000).toFixed(2)} s, ${html.mb.toFixed(1)} MB`, html.ms / 1000),
      atMost(3, 's'),
    ),
  ]
}

/** From the key to the page of that moment, with the journal of the new future. */
export function travelRows(found, plain) {
  return Object.entries(found).map(([scenario, { first, median, cpuMs, waitedMs, deviceMinutes }]) =>
    row(
      `30 minutes of device time back, from ${deviceMinutes.toFixed(0)} minutes of ${scenario}`,
      plain(
        `${median.toFixed(0)} ms, the first ${first.toFixed(0)} ms; ${cpuMs.toFixed(0)} ms of processor, ${waitedMs.toFixed(0)} ms waited`,
        median,
      ),
      atMost(300, 'ms'),
    ),
  )
}

export function causeRows({ entries, cause, archive, evidence }, plain) {
  const both = ({ first, median }) => plain(`${median.toFixed(2)} ms, the first ${first.toFixed(1)} ms`, median)
  return [
    row(`cause of a run, from a journal of ${entries} entries`, both(cause), atMost(5, 'ms')),
    row('archive of its logs', both(archive)),
    row(
      'all of its evidence, with its manifest',
      plain(
        `${evidence.median.toFixed(1)} ms, the first ${evidence.first.toFixed(0)} ms; ${(evidence.median / cause.median).toFixed(0)} x its cause`,
        evidence.median,
      ),
      atMost(150, 'ms'),
    ),
  ]
}

/** From an archive to a scenario that was played. */
export function importRows({ bytes, files, readMs, ms: all, rssMb }, plain) {
  return [
    row(
      `import of an archive of ${(bytes / 1e6).toFixed(0)} MB, ${files} files`,
      plain(`${(all / 1000).toFixed(2)} s, ${(readMs / 1000).toFixed(2)} s of it to read`, all / 1000),
      atMost(5, 's'),
    ),
    row('memory of that process, at its most', plain(`${rssMb.toFixed(0)} MB`, rssMb), atMost(300, 'MB')),
  ]
}

/** The yardsticks are SHA-256 of as many bytes as a hash has, and swtpm. */
export function identityRows({ hash, tpm }, plain) {
  const count = (number) => number.toLocaleString('en')
  const perHash = (calls, ratio) => plain(`${count(calls)}/s, ${ratio.toFixed(0)} x SHA-256 of 3000 bytes each`)
  const swtpm = tpm.builtInOverSwtpm === null ? 'no swtpm here' : `${tpm.builtInOverSwtpm.toFixed(2)} x swtpm`
  return [
    row('hardware hashes encoded', perHash(hash.encodesPerSecond, hash.encodeRatio)),
    row('hardware hashes decoded', perHash(hash.decodesPerSecond, hash.decodeRatio)),
    row(
      'endorsement key RSA-2048, known counters',
      plain(`${tpm.rsaEkMs} ms; one search of them ${ms(tpm.primeSearchMs)}`),
    ),
    row('endorsement key P-256', plain(`${tpm.p256EkMs} ms`)),
    row('TPM: activate a credential, certify, quote', plain(`${tpm.roundBuiltInMs} ms, ${swtpm}`)),
  ]
}
