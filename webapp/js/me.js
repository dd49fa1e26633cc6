// @ts-check

/**
 * Lets the server give this browser its identity, in a cookie, before the first connection. A server without the
 * address, or none at all, is no hindrance: the connection then says who we are.
 *
 * @param {string} base
 * @returns {Promise<string | undefined>} the name that the cookie knows
 */
export async function introduce(base) {
  const me = await call(base, { method: 'GET' });
  return me?.name;
}

/**
 * Writes the name into the cookie, so that it is the same on every way in.
 *
 * @param {string} base
 * @param {string} name as the server has accepted it
 */
export async function remember(base, name) {
  await call(base, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ name }),
  });
}

/**
 * @param {string} base
 * @param {RequestInit} request
 * @returns {Promise<{id: string, name: string} | undefined>}
 */
async function call(base, request) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 3_000);
  try {
    const answer = await fetch(new URL('api/me', base), { ...request, cache: 'no-store', signal: stop.signal });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined; // Offline or too slow. Nothing depends on it.
  } finally {
    clearTimeout(timer);
  }
}
