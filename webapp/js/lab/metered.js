// @ts-check
import { requestBytes, responseHeadBytes } from './sizes.js';

/**
 * A `fetch` that counts. A request is open until its answer has been read to the end, or was given up.
 *
 * @param {import('./meter.js').Meter} meter
 * @param {number} usual bytes of the headers that the browser adds
 * @returns {(url: URL, init: RequestInit) => Promise<Response>}
 */
export function metered(meter, usual) {
  return async (url, init) => {
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
    return new Response(response.body.pipeThrough(counted(meter, response, end)), response);
  };
}

/**
 * A compressed body says how long it was on the line; one without a length is counted as it is read.
 *
 * @param {import('./meter.js').Meter} meter
 * @param {Response} response
 * @param {() => void} end
 */
function counted(meter, response, end) {
  const told = response.headers.get('Content-Length');
  if (told !== null) meter.down += Number(told);
  return new TransformStream({
    /** @param {Uint8Array} piece */
    transform(piece, out) {
      if (told === null) meter.down += piece.length;
      out.enqueue(piece);
    },
    flush: end,
  });
}
