// @ts-check

/** @typedef {{hex: string, meaning: string, values?: Record<string, string | number>}} Part `meaning`: a text's key */

const TEXT_FRAME = 0x81;
const MASKED = 0x80;
const SHORT = 126;

/**
 * A text frame in its parts (RFC 6455, 5.2).
 *
 * @param {string} text shorter than 65,536 bytes
 * @param {Uint8Array | null} mask 4 bytes, in a client's frame
 * @returns {Part[]}
 */
export function frameOf(text, mask) {
  const payload = new TextEncoder().encode(text);
  const n = payload.length;
  const flag = mask === null ? 0 : MASKED;
  const length = n < SHORT ? [flag | n] : [flag | SHORT, n >> 8, n & 255];
  const sent = mask === null ? payload : payload.map((byte, i) => byte ^ mask[i % 4]);
  return [
    { hex: hexOf([TEXT_FRAME]), meaning: 'frameFirst' },
    { hex: hexOf(length), meaning: mask === null ? 'frameLength' : 'frameMaskedLength', values: { n } },
    ...(mask === null ? [] : [{ hex: hexOf(mask), meaning: 'frameMask' }]),
    { hex: hexOf(sent), meaning: mask === null ? 'framePayload' : 'frameMaskedPayload', values: { text } },
  ];
}

/** @param {Iterable<number>} bytes */
function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
