// @ts-check

/**
 * How many bytes go over the line, as far as a page can know it: bodies and the headers it is shown are counted, the
 * browser's own request headers are taken from what the server saw of them. HTTP/1.1 is assumed; HTTP/2 sends less.
 */

const UPGRADE = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n'
  + 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: parley.v1.json\r\n'
  + 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n';
const UPGRADED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
  + 'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: parley.v1.json\r\n\r\n';
const MASK_BYTES = 4;

/**
 * @param {string} text
 * @returns {number} in UTF-8
 */
export function bytesOf(text) {
  return new TextEncoder().encode(text).length;
}

/**
 * @param {Iterable<[string, string | string[]]>} headers
 * @returns {number}
 */
export function headerBytes(headers) {
  let sum = 0;
  for (const [name, values] of headers) for (const value of [values].flat()) sum += bytesOf(`${name}: ${value}\r\n`);
  return sum;
}

/**
 * @param {URL} url
 * @param {RequestInit} init
 * @param {number} usual bytes of the headers that the browser adds
 */
export function requestBytes(url, { method = 'GET', headers = {}, body = '' }, usual) {
  const line = `${method} ${url.pathname}${url.search} HTTP/1.1\r\n`;
  const own = headerBytes(Object.entries(/** @type {Record<string, string>} */ (headers)));
  const sent = String(body);
  const length = sent === '' ? '' : `Content-Length: ${bytesOf(sent)}\r\n`;
  return bytesOf(line) + usual + own + bytesOf(length) + 2 + bytesOf(sent);
}

/** @param {Response} response */
export function responseHeadBytes({ status, statusText, headers }) {
  return bytesOf(`HTTP/1.1 ${status} ${statusText}\r\n`) + headerBytes(headers.entries()) + 2;
}

/**
 * @param {URL} url
 * @param {number} usual
 */
export function handshakeBytes(url, usual) {
  return { up: requestBytes(url, {}, usual) + UPGRADE.length, down: UPGRADED.length };
}

/**
 * @param {number} payload bytes
 * @param {boolean} masked as a client's are
 */
export function frameBytes(payload, masked) {
  const length = payload < 126 ? 2 : payload < 65_536 ? 4 : 10;
  return length + (masked ? MASK_BYTES : 0) + payload;
}
