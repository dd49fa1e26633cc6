// @ts-check

/**
 * Writes the name into the cookie, so that it is the same on every way in. A server without the address, or none at all,
 * is no hindrance: the next connection tells the name anyway.
 *
 * @param {string} base
 * @param {string} name as the server has accepted it
 */
export async function remember(base, name) {
  try {
    await fetch(new URL('api/me', base), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ name }),
    });
  } catch {
    // Offline.
  }
}
