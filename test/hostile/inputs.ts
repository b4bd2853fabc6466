/** A test of another file that proves a row: its title, literally. */
export type Proof = readonly [file: string, title: string]

/** One kind of input that was made to hurt. */
export interface HostileInput {
  number: number
  /** What it is. */
  input: string
  /** The way by which it comes in. */
  fed: string
  /** What has to come out. */
  outcome: string
  provenBy?: readonly Proof[]
  /** A part of it that nothing here can meet yet, and why. */
  notApplicable?: string
}

const XML = 'as an answer of the policy service, and to the XML reader'
const END = 'refused; the run ends with a Windows code'
const TARGET = 'test/ports/target-transport.test.ts'
const ENROLL = 'test/service/enrollment/enroll.test.ts'
const SIGNALS = 'test/e2e/signals.test.ts'

/** Forty inputs. What has no proof by title has a check in this folder, and may have both. */
export const INPUTS: readonly HostileInput[] = [
  { number: 1, input: 'XML with a DOCTYPE', fed: XML, outcome: `${END}; nothing of it is parsed` },
  { number: 2, input: 'nested entities', fed: XML, outcome: END },
  { number: 3, input: 'one entity of 9 KB used 20,000 times', fed: XML, outcome: END },
  { number: 4, input: 'an external entity', fed: XML, outcome: `${END}; its server is asked nothing` },
  { number: 5, input: '50,000 nested elements', fed: XML, outcome: `${END}, at a depth of 64` },
  { number: 6, input: '200,000 attributes, or one of 1 MB', fed: XML, outcome: END },
  { number: 7, input: '15 MB of numeric references', fed: XML, outcome: `${END}, by its size` },
  { number: 8, input: 'UTF-16, a UTF-7 label, bad UTF-8, NUL, half a surrogate pair', fed: XML, outcome: END },
  {
    number: 9,
    input: 'elements named __proto__, two Bodies, another namespace',
    fed: XML,
    outcome: `${END}; prototypes are as they were`,
  },
  {
    number: 10,
    input: 'an answer to another message, an answer that comes again',
    fed: 'as a SOAP answer of the discovery service',
    outcome: 'refused',
    provenBy: [[ENROLL, 'an answer to another message']],
    notApplicable: 'SyncML: answers of another session are not told apart yet',
  },
  {
    number: 11,
    input: '100 KB of gzip that would be 100 MB',
    fed: 'as the body of a real server',
    outcome: 'not inflated; less than 32 MB of memory',
  },
  { number: 12, input: 'gzip, gzip, and codings that nothing knows', fed: 'as an answer', outcome: 'trouble' },
  {
    number: 13,
    input: 'a Content-Length that is too small or too large, both lengths at once, a broken chunk',
    fed: 'by a real server',
    outcome: 'trouble, or the bytes that were promised; soon',
  },
  { number: 14, input: 'one byte each 20 ms, for ever', fed: 'by a real server', outcome: 'ended by the guard' },
  {
    number: 15,
    input: '10,000 headers, a header of 1 MB, 200 cookies',
    fed: 'by a real server',
    outcome: 'trouble; the cookies are read',
  },
  {
    number: 16,
    input: 'a redirect to another host, away from TLS, in a loop, to a file',
    fed: 'as an answer of the discovery service, and of a page to sign in',
    outcome: 'refused; the password goes out once, to one origin',
    provenBy: [
      [ENROLL, 'a redirect'],
      [
        'test/service/enrollment/enrollment-credential.test.ts',
        'the pages of a web sign-in are followed on their own origin only, and the password goes out once [point 9]',
      ],
    ],
  },
  {
    number: 17,
    input: 'a TLS certificate that is self-signed, old, or of another name; a switch that turns the check off',
    fed: 'by a real server',
    outcome: 'trouble with its code; the switch has no effect, and a note',
    provenBy: [
      [TARGET, 'an authority that is not trusted'],
      [TARGET, 'a certificate that is not valid any more'],
      [TARGET, 'a certificate for another name'],
      [TARGET, 'checks certificates also where the environment switches that off'],
      ['test/cli/tls-switch.test.ts', 'makes no server fine for doctor, and doctor says so once'],
    ],
  },
  {
    number: 18,
    input: 'a host that asks for a client certificate',
    fed: 'in a whole first boot',
    outcome: 'the device shows one to the management service alone',
  },
  {
    number: 19,
    input: 'a certificate for another key, of an authority, not valid yet, of 64 KB',
    fed: 'in the provisioning document',
    outcome: 'the enrolment fails with its code',
    provenBy: [
      ['test/device/apply-provisioning.test.ts', 'another key'],
      ['test/device/apply-provisioning.test.ts', 'the purpose of an authority'],
      ['test/device/apply-provisioning.test.ts', 'a beginning that is to come'],
      ['test/device/apply-provisioning.test.ts', '64 KB'],
    ],
  },
  {
    number: 20,
    input: 'a token without a signature, one of 1 MB, a page to sign in at javascript: or another scheme',
    fed: 'to the services; as the address of a captive portal',
    outcome: 'refused; the address is text, and nothing is sent to it',
  },
  {
    number: 21,
    input: 'a metadata address, a link-local one, a name that leads elsewhere the next time',
    fed: 'as the address of a service',
    outcome: 'refused at each connection',
    provenBy: [
      [TARGET, 'a name that leads to a link-local address'],
      [
        'test/ports/target-transport-guard.test.ts',
        'the addresses of each connection are checked, and a name that leads elsewhere the next time is refused',
      ],
    ],
  },
  {
    number: 22,
    input: 'a production host of Microsoft',
    fed: 'as the target',
    outcome: 'refused, also where a profile names it; nothing is sent',
    provenBy: [['test/ports/target-guard.test.ts', '%s is a production host, also where a profile names it']],
  },
  { number: 23, input: 'a sequence that writes the clipboard', fed: 'as the brand', outcome: 'a visible mark' },
  { number: 24, input: 'title, link, bell, CR, backspace, NUL', fed: 'as the brand', outcome: 'visible marks' },
  { number: 25, input: 'a sequence that forms when something is deleted', fed: 'as the brand', outcome: 'inert' },
  { number: 26, input: '8-bit controls, DCS, APC, an OSC without an end, RIS', fed: 'as the brand', outcome: 'inert' },
  {
    number: 27,
    input: 'bidirectional override, tags, zero width, 10,000 combining marks',
    fed: 'as the brand',
    outcome: 'marks, a length with an end, frames of their width',
  },
  {
    number: 28,
    input: 'a name of 1 MB, a page of 10,000 lines',
    fed: 'as the brand, and on the page to sign in',
    outcome: 'cut, with a mark',
    provenBy: [
      ['test/protocols/entra/html-form.test.ts', 'a page that is too large, or has too much on it, is refused'],
    ],
  },
  {
    number: 29,
    input: 'script in a report',
    fed: 'as a text of a service',
    outcome: 'inert',
    notApplicable: 'there is no HTML report yet',
  },
  {
    number: 30,
    input: 'control characters, ]]>, half a surrogate pair, 5 MB',
    fed: 'as the message of a failure, to the JUnit reporter',
    outcome: 'XML 1.0 that can be read, and is cut',
  },
  {
    number: 31,
    input: 'a line end and a workflow command',
    fed: 'into the output for GitHub',
    outcome: 'encoded',
    notApplicable: 'there is no output for GitHub yet',
  },
  {
    number: 32,
    input: 'a cell that begins with =, + or @',
    fed: 'as a serial number, into the CSV file',
    outcome: 'kept, and its line is named: an import takes it as it is',
    provenBy: [['test/cli/device-csv.test.ts', '%s is kept, and its line is named']],
  },
  {
    number: 33,
    input: 'line ends and quotes',
    fed: 'in a serial number, a user and an answer',
    outcome: 'a journal of one line an entry',
  },
  {
    number: 34,
    input: 'names with .., /, drives, CON, a dot at the end, NUL, 300 characters, twins',
    fed: 'as the name of a scenario',
    outcome: 'a folder for each, below the output folder',
    provenBy: [
      ['test/cli/case-names.test.ts', 'are told apart, whatever the order: %s'],
      ['test/cli/case-names.test.ts', 'have the folder before them: %s'],
    ],
  },
  {
    number: 35,
    input: 'a link at the place of an output file',
    fed: 'below the output folder',
    outcome: 'replaced or refused, never followed',
    provenBy: [
      ['test/cli/output-folder.test.ts', 'in place of a file is replaced, and what it leads to stays as it is'],
    ],
  },
  {
    number: 36,
    input: 'a shard with a million entries, a bomb, a twin, one of another run',
    fed: 'to the merge of many runs',
    outcome: 'refused, or counted',
    notApplicable: 'there is no merge of runs yet',
  },
  {
    number: 37,
    input: 'YAML: alias bomb, deep nesting, merge keys, an unknown tag, a key twice, __proto__',
    fed: 'as a scenario',
    outcome: 'one error with its line, exit code 2, soon',
    provenBy: [['test/cli/hostile-file.test.ts', 'cannot name what every object has: %s']],
  },
  {
    number: 38,
    input: 'a pattern that goes back over what it has passed',
    fed: 'as the request of a fault',
    outcome: 'linear',
    provenBy: [
      ['test/events/request-pattern.test.ts', 'a pattern of many stars does not go back over what it has passed'],
    ],
    notApplicable: 'no scenario can state a regular expression',
  },
  {
    number: 39,
    input: 'signals, stop and continue, a closed standard output',
    fed: 'to a run at the terminal, and in a pipe',
    outcome: 'the terminal is given back, the journal is written',
    provenBy: [
      [SIGNALS, 'on %s while the logo is shown'],
      [SIGNALS, 'on SIGTSTP, and taken again when the job runs on, with the device as it was'],
      ['test/cli/run.test.ts', 'ends in order on Ctrl+C, with its own code and the journal up to there'],
    ],
    notApplicable: 'a run that was stopped is not continued: there is no resume',
  },
  {
    number: 40,
    input: 'kill -9, a full disk, a clock of the machine that jumps by a day',
    fed: 'to a run, and to serve',
    outcome: 'what was written can be read; device time knows nothing of the jump',
    provenBy: [
      ['test/cli/output-folder.test.ts', 'so that kill -9 leaves what was there to see'],
      ['test/cli/serve.test.ts', 'that was killed continues where it was, a broken last line apart'],
      ['test/journal/read-journal.test.ts', 'a last line without its end is left out, and told of'],
    ],
    notApplicable: 'a run that was killed is not completed: there is no resume',
  },
]
