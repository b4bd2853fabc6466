import * as v from 'valibot'
import type { ExpectationKinds, Fields, Requested } from '../../domain/expectations.ts'
import { matchesText } from '../../domain/text-pattern.ts'
import { type Exchange, exchangesOf } from '../../journal/wire.ts'
import { defineExpectation } from './define-expectation.ts'
import { bodyFields, operationsOf, queryFields } from './message-fields.ts'
import { fieldsText, insteadOf, missingFields } from './near.ts'
import { countText, fields, isSoOften, listOf, often, text, timesText, whole, windowsCode } from './times.ts'

const full = v.strictObject({
  operation: v.pipe(
    text,
    v.description('As "oobe show RUN --wire" prints it, such as MS-MDE2 Discover; * is anything.'),
  ),
  method: v.optional(text),
  url: v.optional(v.pipe(text, v.description('* is anything.'))),
  fields: v.optional(
    v.pipe(
      fields,
      v.description('Values of the body and of the query by their names: { EmailAddress: alice@contoso.example }.'),
    ),
  ),
  headers: v.optional(fields),
  status: v.optional(v.pipe(whole(100, 599), v.description('Of the answer.'))),
  answer: v.optional(v.pipe(fields, v.description('Values of the body of the answer, by their names.'))),
  trouble: v.optional(windowsCode),
  ...often,
})

type Wanted = { operation: string } & Requested
type Said = NonNullable<ExpectationKinds['requested']['requested']>[number]
const fullOf = (said: Said): Wanted => (typeof said === 'string' ? { operation: said } : said)

const lowerCased = (all: Fields): Fields =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), value]))

const isOperation = (wanted: string, exchange: Exchange): boolean =>
  operationsOf(exchange).some((one) => matchesText(wanted, one))

/** What of the wanted an exchange is not; empty for one that is all of it. */
function differences(
  exchange: Exchange,
  { method, url, fields: wanted = {}, headers = {}, status, answer = {}, trouble }: Requested,
): string[] {
  const { request, response } = exchange
  return [
    ...(method !== undefined && exchange.method !== method.toUpperCase() ? [`its method is ${exchange.method}`] : []),
    ...(url !== undefined && !matchesText(url, exchange.url) ? [`its URL is ${exchange.url}`] : []),
    ...missingFields(wanted, [...bodyFields(request), ...queryFields(exchange.url)]),
    ...missingFields(lowerCased(headers), Object.entries(request.headers)),
    ...(status !== undefined && response?.status !== status
      ? [`it was answered with ${response?.status ?? 'nothing'}`]
      : []),
    ...(Object.keys(answer).length > 0
      ? missingFields(answer, response ? bodyFields(response) : []).map((one) => `of the answer: ${one}`)
      : []),
    ...(trouble !== undefined && exchange.trouble?.toLowerCase() !== trouble.toLowerCase()
      ? [`its trouble is ${exchange.trouble ?? 'none'}`]
      : []),
  ]
}

function saidText({ operation, method, url, fields: wanted, headers, status, answer, trouble, times }: Wanted): string {
  const parts = [
    ...(method === undefined ? [] : [`by ${method}`]),
    ...(url === undefined ? [] : [`to ${url}`]),
    ...(wanted === undefined ? [] : [`with ${fieldsText(wanted)}`]),
    ...(headers === undefined ? [] : [`with the headers ${fieldsText(headers)}`]),
    ...(status === undefined ? [] : [`answered with ${status}`]),
    ...(answer === undefined ? [] : [`answered with ${fieldsText(answer)}`]),
    ...(trouble === undefined ? [] : [`ended by ${trouble}`]),
  ]
  return `the request ${operation}${parts.map((part) => ` ${part}`).join('')}${timesText(times)}`
}

/** Requests of the device. */
export const requested = defineExpectation<'requested'>({
  matcher: 'toHaveRequested',
  keys: {
    requested: v.pipe(
      listOf(
        v.lazy((given) => (given === undefined ? v.union([text, full]) : typeof given === 'object' ? full : text)),
      ),
      v.description('Requests by their operation: made, made so often, not made (times: 0), and with what.'),
    ) as never,
  },
  words: (operation, options) => ({ requested: [{ operation, ...options }] }),
  judge: ({ requested: all = [] }, { journal }) => {
    const exchanges = exchangesOf(journal)
    return all.map(fullOf).map((wanted) => {
      const own = exchanges.filter((exchange) => isOperation(wanted.operation, exchange))
      const told = own.map((exchange) => differences(exchange, wanted))
      const count = told.filter(({ length }) => length === 0).length
      const nearest = told.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length)[0]
      const found =
        own.length === 0
          ? insteadOf(
              wanted.operation,
              exchanges.map(({ operation }) => operation),
              'the device made no request',
            )
          : count === 0 && nearest
            ? `; it was made, but ${nearest.join(', and ')}`
            : `; it was made ${countText(count)}`
      return { holds: isSoOften(count, wanted.times), said: saidText(wanted), found }
    })
  },
})
