// @ts-check
import { requestBytes, responseHeadBytes } from './sizes.js';

/**
 * A `fetch` that counts here and, by a tag, at the server. A request is open until its answer has been read to the end,
 * or was given up.
 *
 * @param {import('./meter.js').Meter} meter
 * @param {number} usual bytes of the headers that the browser adds
 * @param {string} tag
 * @returns {(url: URL, init: RequestInit) => Promise<Response>}
 */
export function metered(meter, usual, tag) {
  return async (untagged, init) => {
    const url = new URL(untagged);
    url.search += `${url.search === '' ? '' : '&'}lab=${tag}`;
    const end = meter.begin(requestBytes(url, init, usual));
    init.signal?.addEventListener('abort', end);
    let response;
    try {
      response = await fetch(url, init);
    } catch (error) {
      end();
      throw error;
    }
    meter.down += responseHeadBytes(response);
    if (response.body === null) {
      end();
      return response;
    }
    const { readable, writable } = counted(meter, response);
    response.body.pipeTo(writable).then(end, end);
    return new Response(readable, response);
  };
}

/**
 * A compressed body says how long it was on the line; one without a length is counted as it is read.
 *
 * @param {import('./meter.js').Meter} meter
 * @param {Response} response
 */
function counted(meter, response) {
  const told = response.headers.get('Content-Length');
  if (told !== null) meter.down += Number(told);
  return new TransformStream({
    /** @param {Uint8Array} piece */
    transform(piece, out) {
      if (told === null) meter.down += piece.length;
      out.enqueue(piece);
    },
  });
}
