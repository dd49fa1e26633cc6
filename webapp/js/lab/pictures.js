// @ts-check

/** @typedef {import('./readers.js').Way} Way */
/** @typedef {import('./timeline.js').Row} Row */

/** The time the picture covers, and when the server gets a message; a trip over the line takes 2. */
const END = 100;
const MESSAGES = [14, 41, 46, 79];
const TRIP = 2;
const POLL_EVERY = 22;

/**
 * What happens on the line, as a picture: the same four messages each time, and the reader's own message at 60.
 *
 * @param {Way} way
 * @returns {{stretch: {from: number, to: number}, rows: Row[]}}
 */
export function pictureOf(way) {
  const { requests, arrivals } = MODELS[way]();
  const post = { from: 60, to: 60 + 2 * TRIP };
  const rows = [
    { label: 'rowServer', kind: 'server', dots: MESSAGES },
    { label: way === 'websocket' ? 'rowConnection' : 'rowRequests', kind: way, bars: requests },
    { label: 'rowPage', kind: `${way} page`, dots: arrivals },
    way === 'websocket'
      ? { label: 'rowOwnFrame', kind: way, dots: [post.from] }
      : { label: 'rowOwnPost', kind: 'server', bars: [post] },
  ];
  return { stretch: { from: 0, to: END }, rows };
}

/** @type {Record<Way, () => {requests: Array<{from: number, to: number}>, arrivals: number[]}>} */
const MODELS = {
  poll: () => {
    /** @type {Array<{from: number, to: number}>} */
    const requests = [];
    for (let from = 2; from < END; from += POLL_EVERY) requests.push({ from, to: from + 2 * TRIP });
    const arrivals = MESSAGES.flatMap((at) => requests.find(({ from }) => from + TRIP >= at)?.to ?? []);
    return { requests, arrivals };
  },
  longpoll: () => {
    const requests = [];
    const arrivals = [];
    let asked = 0;
    for (const at of MESSAGES) {
      const to = Math.max(at, asked + TRIP) + TRIP;
      requests.push({ from: asked, to });
      arrivals.push(to);
      asked = to + TRIP / 2;
    }
    return { requests: [...requests, { from: asked, to: END }], arrivals };
  },
  iframe: stream,
  sse: stream,
  websocket: stream,
};

function stream() {
  return { requests: [{ from: 0, to: END }], arrivals: MESSAGES.map((at) => at + TRIP) };
}
