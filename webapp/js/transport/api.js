// @ts-check

/** The server said no, in problem details (RFC 9457). Any other error means that the line broke. */
export class Refused extends Error {
  /** @param {{code: string, message: string, retry: boolean, retryAfter?: number}} refusal with milliseconds */
  constructor({ code, message, retry, retryAfter }) {
    super(message);
    this.code = code;
    this.retry = retry;
    this.retryAfter = retryAfter;
  }
}

const ANSWER_MS = 15_000;

/** @typedef {{messages: any[], cursor: string, more?: boolean, gap?: any}} Page */

/** The server's HTTP edges, a method for each. A request that is not answered in 15 s, or is aborted, rejects. */
export class Api {
  #base;
  #signal;
  #fetch;

  /**
   * @param {string} base the application's address, with the slash at its end
   * @param {AbortSignal} signal ends what is under way
   * @param {(url: URL, init: RequestInit) => Promise<Response>} [request]
   */
  constructor(base, signal, request = (url, init) => fetch(url, init)) {
    this.#base = base;
    this.#signal = signal;
    this.#fetch = request;
  }

  get signal() {
    return this.#signal;
  }

  /**
   * @param {string} [name] to be known by from now on
   * @returns {Promise<any>} who we are
   */
  me(name) {
    return this.#json('api/me', name === undefined ? {} : json({ name }));
  }

  /**
   * @param {string} room
   * @param {{before?: string, after?: string, limit?: number}} [range] none: the newest
   * @returns {Promise<Page>}
   */
  history(room, range = {}) {
    const query = new URLSearchParams();
    for (const [key, value] of Object.entries(range)) if (value !== undefined) query.set(key, String(value));
    return this.#json(`${at(room)}/messages?${query}`);
  }

  /**
   * @param {string} room
   * @param {string} after
   * @param {number} waitSeconds how long the server may wait for something to tell
   * @param {string | null} [etag] of the last answer
   * @returns {Promise<{page: Page | null, etag: string | null}>} no page when nothing is new under this tag
   */
  async since(room, after, waitSeconds, etag = null) {
    const query = new URLSearchParams({ after, wait: String(waitSeconds) });
    /** @type {Record<string, string>} */
    const headers = etag === null ? {} : { 'If-None-Match': etag };
    const patienceMs = waitSeconds * 1000 + ANSWER_MS;
    return this.#ask(`${at(room)}/messages?${query}`, { headers }, patienceMs, async (response) => ({
      page: response.status === 304 ? null : await response.json(),
      etag: response.headers.get('ETag'),
    }));
  }

  /**
   * @param {string} room
   * @returns {Promise<{members: any[], count: number, version: number}>}
   */
  members(room) {
    return this.#json(`${at(room)}/members`);
  }

  /**
   * @param {string} room
   * @param {{text: string, key: string}} message
   * @returns {Promise<{seq: number, key: string, stored: string, duplicate: boolean}>} when it is durable
   */
  post(room, message) {
    return this.#json(`${at(room)}/messages`, json(message));
  }

  /** @param {string} room */
  typing(room) {
    return this.#ask(`${at(room)}/typing`, { method: 'POST' }, ANSWER_MS, async () => {});
  }

  /**
   * @param {string} room
   * @param {string} [after]
   * @returns {Promise<Response>} a stream of events that has begun
   */
  events(room, after) {
    return this.#stream(`${at(room)}/events`, new URLSearchParams(after === undefined ? {} : { after }));
  }

  /**
   * @param {Array<{room: string, after?: string}>} places
   * @returns {Promise<Response>} a stream of the events of all these rooms that has begun
   */
  eventsOf(places) {
    const query = new URLSearchParams(places.map(({ room }) => ['room', room]));
    const known = places.filter(({ after }) => after !== undefined);
    const after = known.map((place) => `${encodeURIComponent(place.room)}=${place.after}`).join(',');
    if (after !== '') query.set('after', after);
    return this.#stream('api/events', query);
  }

  /**
   * @param {string} path
   * @param {URLSearchParams} query
   */
  async #stream(path, query) {
    const asked = String(query) === '' ? path : `${path}?${query}`;
    const response = await this.#fetch(new URL(asked, this.#base), {
      headers: { Accept: 'text/event-stream' },
      cache: 'no-store',
      signal: this.#signal,
    });
    if (!response.ok) throw await refusal(response);
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) throw new Error('not an event stream');
    return response;
  }

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  #json(path, init = {}) {
    return this.#ask(path, init, ANSWER_MS, (response) => response.json());
  }

  /**
   * @template T
   * @param {string} path
   * @param {RequestInit} init
   * @param {number} patienceMs for all of the answer
   * @param {(response: Response) => Promise<T>} read
   * @returns {Promise<T>}
   */
  async #ask(path, init, patienceMs, read) {
    this.#signal.throwIfAborted();
    const cancelling = new AbortController();
    const cancel = () => cancelling.abort();
    this.#signal.addEventListener('abort', cancel);
    const timer = setTimeout(cancel, patienceMs);
    try {
      const url = new URL(path, this.#base);
      const response = await this.#fetch(url, { cache: 'no-store', ...init, signal: cancelling.signal });
      if (!response.ok && response.status !== 304) throw await refusal(response);
      return await read(response);
    } finally {
      clearTimeout(timer);
      this.#signal.removeEventListener('abort', cancel);
    }
  }
}

/** @param {string} room */
function at(room) {
  return `api/rooms/${encodeURIComponent(room)}`;
}

/**
 * @param {object} body
 * @returns {RequestInit}
 */
function json(body) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * A proxy's own error page is not the server's word.
 *
 * @param {Response} response
 * @returns {Promise<Error>}
 */
async function refusal(response) {
  if (!response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    return new Error(`status ${response.status}`);
  }
  const problem = await response.json();
  const seconds = Number.parseInt(response.headers.get('Retry-After') ?? '', 10);
  return new Refused({
    code: problem.code ?? problem.title,
    message: problem.detail ?? '',
    retry: problem.retry ?? false,
    retryAfter: problem.retryAfter ?? (seconds >= 0 ? seconds * 1000 : undefined),
  });
}
