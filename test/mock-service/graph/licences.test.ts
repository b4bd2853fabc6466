import { describe, expect, test } from 'vitest'
import { directly } from './serve.ts'

const CARLA = '/v1.0/users/carla@contoso.example'
const ALICE = '/v1.0/users/alice@contoso.example'

function scene() {
  const { ask } = directly()
  const [{ skuId }] = ask('GET', '/v1.0/subscribedSkus').json.value
  const plan = ask('GET', '/v1.0/subscribedSkus').json.value[0].servicePlans[0].servicePlanId
  const licencesOf = (user: string) => ask('GET', user).json.assignedLicenses.length
  return { ask, skuId, plan, licencesOf }
}

describe('assignLicense', () => {
  test('adds the licence of the tenant, and takes it away', () => {
    const { ask, skuId, licencesOf } = scene()
    expect(licencesOf(CARLA)).toBe(0)
    const add = { addLicenses: [{ skuId: skuId.toUpperCase(), disabledPlans: [] }], removeLicenses: [] }
    expect(ask('POST', `${CARLA}/assignLicense`, add).json.assignedLicenses).toMatchObject([{ skuId }])
    // A licence that is there may be given again.
    expect(ask('POST', `${CARLA}/assignLicense`, add).status).toBe(200)
    const remove = { addLicenses: [], removeLicenses: [skuId] }
    expect(ask('POST', `${CARLA}/assignLicense`, remove).json.assignedLicenses).toEqual([])
    expect(ask('POST', `${CARLA}/assignLicense`, remove)).toMatchObject({
      status: 400,
      json: { error: { code: 'Request_BadRequest', message: 'User does not have a corresponding license.' } },
    })
  })

  const OTHER = '11111111-1111-1111-1111-111111111111'
  const MISSING =
    "One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are:"

  test.each<[string, object, string]>([
    ['nothing', {}, `${MISSING} addLicenses,removeLicenses.`],
    ['no list of what is removed', { addLicenses: [] }, `${MISSING} removeLicenses.`],
    ['no list', { addLicenses: 'x', removeLicenses: [] }, 'addLicenses is a list'],
    [
      'a parameter that there is not',
      { addLicences: [], removeLicenses: [] },
      "The parameter 'addLicences' in the request payload is not a valid parameter for the operation 'assignLicense'.",
    ],
    [
      'a licence that the tenant does not have',
      { addLicenses: [{ skuId: OTHER }], removeLicenses: [] },
      `License ${OTHER} does not correspond to a valid company License.`,
    ],
    [
      'such a licence to remove',
      { addLicenses: [], removeLicenses: [OTHER] },
      `License ${OTHER} does not correspond to a valid company License.`,
    ],
    [
      'an id that is none',
      { addLicenses: [{ skuId: 'x' }], removeLicenses: [] },
      "Cannot convert the literal 'x' to the expected type 'Edm.Guid'.",
    ],
    [
      'a text in the place of a licence',
      { addLicenses: [OTHER], removeLicenses: [] },
      "addLicenses has items such as { skuId: '…', disabledPlans: [] }",
    ],
  ])('with %s is refused', (_, body, message) => {
    const { ask, licencesOf } = scene()
    const { status, json } = ask('POST', `${ALICE}/assignLicense`, body)
    expect([status, json.error.message]).toEqual([400, message])
    expect(licencesOf(ALICE)).toBe(1)
  })

  test('takes no plan out, and no licence in both lists', () => {
    const { ask, skuId, plan } = scene()
    const refusal = (body: object) => ask('POST', `${ALICE}/assignLicense`, body).json.error.message
    expect(refusal({ addLicenses: [{ skuId, disabledPlans: [plan] }], removeLicenses: [] })).toMatch(
      /^disabledPlans is not/,
    )
    expect(refusal({ addLicenses: [{ skuId, plans: [] }], removeLicenses: [] })).toMatch(
      /^The property 'plans' does not/,
    )
    expect(refusal({ addLicenses: [{ skuId }], removeLicenses: [skuId] })).toMatch(/in both lists/)
  })
})
