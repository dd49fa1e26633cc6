// @ts-check
import { say } from '../i18n.js';
import { make } from '../view/message.js';

/**
 * A row of a picture: bars last, dots are moments; any unit of time.
 *
 * @typedef {{label: string, kind: string, bars?: Array<{from: number, to: number}>, dots?: number[]}} Row
 */

/**
 * Draws rows over the same stretch of time, the earliest at the left. Places are set through the style object, which
 * the page's policy allows, unlike style attributes.
 *
 * @param {HTMLElement} box
 * @param {{from: number, to: number}} stretch
 * @param {Row[]} rows
 */
export function drawTimeline(box, { from, to }, rows) {
  const share = (/** @type {number} */ at) => (100 * (Math.min(Math.max(at, from), to) - from)) / (to - from);
  box.replaceChildren(...rows.map(({ label, kind, bars = [], dots = [] }) => {
    const row = make('div', `row ${kind}`);
    const name = make('span', 'row-label');
    say(name, label);
    const track = make('span', 'track');
    for (const bar of bars) {
      if (bar.to < from || bar.from > to) continue;
      const mark = make('span', 'bar');
      mark.style.left = `${share(bar.from)}%`;
      mark.style.width = `${share(bar.to) - share(bar.from)}%`;
      track.append(mark);
    }
    for (const at of dots) {
      if (at < from || at > to) continue;
      const mark = make('span', 'dot');
      mark.style.left = `${share(at)}%`;
      track.append(mark);
    }
    row.append(name, track);
    return row;
  }));
}
