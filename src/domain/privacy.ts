/** The switches of `Choose privacy settings for your device`, in their order (1.7 [D]; which there are is [U]). */
export const PRIVACY_SETTINGS = [
  'location',
  'findMyDevice',
  'diagnosticData',
  'inking',
  'tailoredExperiences',
  'advertisingId',
] as const

export type PrivacySetting = (typeof PRIVACY_SETTINGS)[number]

/** Which of them are on. */
export type PrivacyChoices = Readonly<Record<PrivacySetting, boolean>>

/** As the page has them before a person touches them: an assumption for all regions. */
export const ALL_ON: PrivacyChoices = {
  location: true,
  findMyDevice: true,
  diagnosticData: true,
  inking: true,
  tailoredExperiences: true,
  advertisingId: true,
}

/** Those of the first of the two steps; the second one has the others. */
export const FIRST_PRIVACY_STEP: readonly PrivacySetting[] = PRIVACY_SETTINGS.slice(0, 3)
export const LAST_PRIVACY_STEP: readonly PrivacySetting[] = PRIVACY_SETTINGS.slice(3)

/** Some of them as a page gives them; what it does not give stays. */
export const switched = (before: PrivacyChoices, values: Readonly<Record<string, string>>): PrivacyChoices => {
  const given = PRIVACY_SETTINGS.filter((setting) => values[setting] !== undefined)
  return { ...before, ...Object.fromEntries(given.map((setting) => [setting, values[setting] !== 'off'])) }
}
