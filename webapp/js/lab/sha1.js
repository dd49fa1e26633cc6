// @ts-check

/**
 * SHA-1 (FIPS 180-4), for pages that came by plain http: browsers offer `crypto.subtle` in secure contexts only. Good
 * for the WebSocket handshake and for nothing that must be safe.
 *
 * @param {Uint8Array} message
 * @returns {Uint8Array} 20 bytes
 */
export function sha1(message) {
  const words = padded(message);
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Uint32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    w.set(words.subarray(block, block + 16));
    for (let t = 16; t < 80; t++) w[t] = rotated(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4];
    for (let t = 0; t < 80; t++) {
      const [f, k] = mixed(t, b, c, d);
      [a, b, c, d, e] = [(rotated(a, 5) + f + e + k + w[t]) >>> 0, a, rotated(b, 30), c, d];
    }
    [h0, h1, h2, h3, h4] = [h0 + a, h1 + b, h2 + c, h3 + d, h4 + e].map((sum) => sum >>> 0);
  }
  const hash = new DataView(new ArrayBuffer(20));
  [h0, h1, h2, h3, h4].forEach((word, i) => hash.setUint32(4 * i, word));
  return new Uint8Array(hash.buffer);
}

/** @param {Uint8Array} message */
function padded(message) {
  const view = new DataView(new ArrayBuffer(((message.length + 72) >> 6) << 6));
  message.forEach((byte, i) => view.setUint8(i, byte));
  view.setUint8(message.length, 0x80);
  view.setUint32(view.byteLength - 4, message.length * 8);
  return Uint32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getUint32(4 * i));
}

/**
 * @param {number} t
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function mixed(t, b, c, d) {
  if (t < 20) return [(b & c) | (~b & d), 0x5a827999];
  if (t < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (t < 60) return [(b & c) | (b & d) | (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

/**
 * @param {number} word
 * @param {number} by
 */
function rotated(word, by) {
  return ((word << by) | (word >>> (32 - by))) >>> 0;
}
