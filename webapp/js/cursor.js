// @ts-check

/**
 * A cursor is `epoch:seq`. It goes back to the server as it came; only what the page must compare is read out of it.
 *
 * @param {string} cursor
 * @returns {number}
 */
export function seqOf(cursor) {
  return Number(cursor.slice(cursor.lastIndexOf(':') + 1));
}

/**
 * Names the log that the cursor belongs to; positions in different logs do not compare.
 *
 * @param {string} cursor
 * @returns {string}
 */
export function epochOf(cursor) {
  return cursor.slice(0, cursor.lastIndexOf(':'));
}

/**
 * @param {string} cursor
 * @param {string} [other] none: everything is after it
 * @returns {boolean} whether it lies further on, or in another log
 */
export function isAfter(cursor, other) {
  return other === undefined || epochOf(cursor) !== epochOf(other) || seqOf(cursor) > seqOf(other);
}
