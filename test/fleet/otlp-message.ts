const INTEGERS_64 = ['int64', 'fixed64']
const INTEGERS_32 = ['uint32']

/**
 * The fields of the messages that this program sends, and of those beside them, by their name in JSON (OpenTelemetry Protocol 1.9, metrics,
 * common and resource). `[]` is a list; behind `|` is the group of which a message has one alone.
 */
const MESSAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ExportMetricsServiceRequest: { resourceMetrics: 'ResourceMetrics[]' },
  ResourceMetrics: { resource: 'Resource', scopeMetrics: 'ScopeMetrics[]', schemaUrl: 'string' },
  Resource: { attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  ScopeMetrics: { scope: 'InstrumentationScope', metrics: 'Metric[]', schemaUrl: 'string' },
  InstrumentationScope: {
    ...{ name: 'string', version: 'string', attributes: 'KeyValue[]', droppedAttributesCount: 'uint32' },
  },
  Metric: {
    ...{ name: 'string', description: 'string', unit: 'string', metadata: 'KeyValue[]' },
    ...{ gauge: 'Gauge|data', sum: 'Sum|data', histogram: 'Histogram|data' },
  },
  Gauge: { dataPoints: 'NumberDataPoint[]' },
  Sum: { dataPoints: 'NumberDataPoint[]', aggregationTemporality: 'AggregationTemporality', isMonotonic: 'bool' },
  Histogram: { dataPoints: 'HistogramDataPoint[]', aggregationTemporality: 'AggregationTemporality' },
  NumberDataPoint: {
    ...{ attributes: 'KeyValue[]', startTimeUnixNano: 'fixed64', timeUnixNano: 'fixed64', flags: 'uint32' },
    ...{ asDouble: 'double|value', asInt: 'fixed64|value' },
  },
  HistogramDataPoint: {
    ...{ attributes: 'KeyValue[]', startTimeUnixNano: 'fixed64', timeUnixNano: 'fixed64', flags: 'uint32' },
    ...{ count: 'fixed64', sum: 'double', min: 'double', max: 'double' },
    ...{ bucketCounts: 'fixed64[]', explicitBounds: 'double[]' },
  },
  KeyValue: { key: 'string', value: 'AnyValue' },
  AnyValue: {
    ...{ stringValue: 'string|value', boolValue: 'bool|value', intValue: 'int64|value', doubleValue: 'double|value' },
  },
}

/** Unspecified, delta, cumulative. */
const ENUMS: Readonly<Record<string, readonly number[]>> = { AggregationTemporality: [0, 1, 2] }

function fieldOf(message: string, name: string) {
  const said = MESSAGES[message]![name]
  if (said === undefined) return undefined
  const [type, oneof] = said.split('|')
  return { type: type!.replace('[]', ''), isRepeated: type!.endsWith('[]'), oneof }
}

/** What of a JSON value is not as the specification has that message; empty where all is. */
export function faultsOf(value: unknown, message: string, place = message): string[] {
  if (!MESSAGES[message]) throw new Error(`the table has no message ${message}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${place}: no object`]
  const seen = new Set<string>()
  return Object.entries(value).flatMap(([name, inside]) => {
    const field = fieldOf(message, name)
    const here = `${place}.${name}`
    if (!field) return [`${here}: ${message} has no such field`]
    if (field.oneof !== undefined && seen.has(field.oneof)) return [`${here}: a second one of ${field.oneof}`]
    if (field.oneof !== undefined) seen.add(field.oneof)
    if (!field.isRepeated) return faultsOfOne(inside, field.type, here)
    if (!Array.isArray(inside)) return [`${here}: no list`]
    return inside.flatMap((one, index) => faultsOfOne(one, field.type, `${here}.${index}`))
  })
}

function faultsOfOne(value: unknown, type: string, place: string): string[] {
  const unless = (isRight: boolean, what: string): string[] => (isRight ? [] : [`${place}: no ${what}`])
  if (MESSAGES[type]) return faultsOf(value, type, place)
  const known = ENUMS[type]
  if (known) return unless(known.includes(value as number), `number of ${type}`)
  if (INTEGERS_64.includes(type))
    return unless(typeof value === 'string' && /^-?\d{1,20}$/.test(value), 'integer as a string')
  if (INTEGERS_32.includes(type)) return unless(Number.isInteger(value), 'whole number')
  if (type === 'double') return unless(Number.isFinite(value), 'number')
  if (type === 'bool') return unless(typeof value === 'boolean', 'boolean')
  return unless(typeof value === 'string', 'text')
}
