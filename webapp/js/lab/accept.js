// @ts-check
import { sha1 } from './sha1.js';

/** RFC 6455, 1.3: fixed for all time, so that no server gives this answer by accident. */
export const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/**
 * @param {string} key of `Sec-WebSocket-Key`
 * @returns {Promise<{joined: string, hash: string, accept: string}>} the steps to `Sec-WebSocket-Accept`
 */
export async function acceptOf(key) {
  const joined = key + GUID;
  const hash = await digest(new TextEncoder().encode(joined));
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { joined, hash: hex, accept: btoa(String.fromCharCode(...hash)) };
}

/** @returns {string} 16 random bytes in Base64, as a browser makes them for each handshake */
export function newHandshakeKey() {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function digest(bytes) {
  if (globalThis.crypto?.subtle === undefined) return sha1(bytes);
  return new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
}
