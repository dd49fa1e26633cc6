// @ts-check

/**
 * The server's refusals in the reader's language. A refusal's `code` says what it is, its `message` has the value and the
 * limit in English; what is not known here is shown as the server said it.
 *
 * @typedef {{code: string, message: string}} Refusal
 * @typedef {import('./i18n.js').Said} Said
 */

/** @typedef {[RegExp, string, ...string[]]} Form */

/** @type {Map<string, Form[]>} of each code: a message, its text, and its figures' names */
const KNOWN = new Map(Object.entries({
  too_large: [
    [/: (\d+) characters, at most (\d+)$/, 'refused.chars', 'n', 'max'],
    [/: (\d+) bytes(?: or more)?, at most (\d+)$/, 'refused.bytes', 'n', 'max'],
  ],
  bad_name: [
    [/: (\d+) characters, at most (\d+)$/, 'refused.chars', 'n', 'max'],
    [/: character (U\+[0-9A-F]+) /, 'refused.nameChar', 'char'],
    [/: nothing to see/, 'refused.nameEmpty'],
  ],
  bad_room: [
    [/: (\d+) characters, at most (\d+)$/, 'refused.chars', 'n', 'max'],
    [/: character (U\+[0-9A-F]+),/, 'refused.roomChar', 'char'],
    [/: '(.*)' is not a name$/s, 'refused.roomName', 'room'],
    [/: empty/, 'refused.roomEmpty'],
  ],
  too_many_rooms: [[/(\d+) rooms, at most (\d+)$/, 'refused.rooms', 'n', 'max']],
  rate: [
    [/faster than (\d+) messages a second after a burst of (\d+)$/, 'refused.rate', 'rate', 'burst'],
    [/wait already/, 'refused.waiting'],
  ],
  overloaded: [
    [/^(\d+) connections from your address, at most (\d+)$/, 'refused.address', 'n', 'max'],
    [/^(\d+) connections, at most (\d+)$/, 'refused.connections', 'n', 'max'],
  ],
  key_reused: [[/^/, 'refused.keyReused']],
  bad_cursor: [[/^/, 'refused.cursor']],
  not_joined: [[/^/, 'refused.notJoined']],
  unavailable: [[/^/, 'refused.unavailable']],
  forbidden: [[/^/, 'closed4003']],
}));

/**
 * @param {Refusal} refusal
 * @returns {Said | string} a text of the page's, or the server's own words
 */
export function whyOf({ code, message }) {
  for (const [pattern, key, ...names] of KNOWN.get(code) ?? []) {
    const figures = pattern.exec(message);
    if (figures !== null) return { key, values: Object.fromEntries(names.map((name, i) => [name, figures[i + 1]])) };
  }
  return message;
}
