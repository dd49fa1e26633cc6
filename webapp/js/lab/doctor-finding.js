// @ts-check

/**
 * What can be mended in a proxy, or in the server's settings.
 * @typedef {'buffering' | 'timeout' | 'upgrade' | 'host' | 'proto' | 'for' | 'trust'} Mend
 *
 * @typedef {{key: string, values?: Record<string, string | number>}} Reason a text of the page's
 *
 * @typedef {object} Finding
 * @property {'fine' | 'found' | 'unknown'} verdict
 * @property {Reason[]} reasons
 * @property {Mend[]} mends
 */

/**
 * @param {...Reason} reasons
 * @returns {Finding}
 */
export function fine(...reasons) {
  return { verdict: 'fine', reasons, mends: [] };
}

/**
 * @param {Mend[]} mends
 * @param {...Reason} reasons
 * @returns {Finding}
 */
export function found(mends, ...reasons) {
  return { verdict: 'found', reasons, mends };
}

/**
 * @param {...Reason} reasons
 * @returns {Finding}
 */
export function unknown(...reasons) {
  return { verdict: 'unknown', reasons, mends: [] };
}
