// @ts-check

/**
 * A new message's key, 128 random bits. `crypto.randomUUID` exists in secure contexts only, and a server on the local
 * network by plain http is none.
 *
 * @returns {string}
 */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
