/** Longest document, in bytes of UTF-8 (for a string: in UTF-16 code units, which is never more). */
export const XML_SIZE_MAX = 4 * 1024 * 1024

/** Deepest nesting. A namespace-aware parser without this limit takes half a minute for 50,000 levels. */
export const XML_DEPTH_MAX = 64

/** Most attributes of one element, namespace declarations included. */
export const XML_ATTRIBUTES_MAX = 256

/** Longest attribute value, in UTF-16 code units. Certificates come in attributes: a long one is some 10,000. */
export const XML_ATTRIBUTE_LENGTH_MAX = 128 * 1024

/** Most elements of one document. */
export const XML_ELEMENTS_MAX = 100_000
