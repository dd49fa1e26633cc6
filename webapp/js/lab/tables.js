// @ts-check
import { say } from '../i18n.js';
import { verdictOf } from '../reconnect.js';
import { make } from '../view/message.js';
import { frameOf } from './frame.js';

const OPCODES = ['0', '1', '2', '8', '9', 'a'];
const CODES = [1000, 1001, 1002, 1003, 1006, 1007, 1009, 1011, 1012, 1013,
  4001, 4003, 4004, 4009, 4100, 4108, 4129, 4200, 4201];

/** @param {ParentNode} page gets the tables that stay as they are */
export function fillTables(page) {
  const opcodes = /** @type {HTMLElement} */ (page.querySelector('#opcodes'));
  for (const opcode of OPCODES) opcodes.append(row([{ hex: `0x${opcode}` }, { key: `opcode.${opcode}` }]));
  const codes = /** @type {HTMLElement} */ (page.querySelector('#codes'));
  for (const code of CODES) {
    const verdict = code === 1000 ? 'final' : verdictOf(code);
    codes.append(row([{ hex: String(code) }, { key: `code.${code}` }, { key: `verdict.${verdict}` }]));
  }
}

/**
 * The same text as each side would send it.
 *
 * @param {ParentNode} page
 * @param {string} text
 */
export function showFrames(page, text) {
  const mask = crypto.getRandomValues(new Uint8Array(4));
  for (const [id, parts] of /** @type {const} */ ([
    ['#frame-client', frameOf(text, mask)],
    ['#frame-server', frameOf(text, null)],
  ])) {
    const rows = parts.map(({ hex, meaning, values }) => row([{ hex }, { key: meaning, values }]));
    page.querySelector(id)?.replaceChildren(...rows);
  }
}

/** @param {Array<{hex?: string, key?: string, values?: import('../i18n.js').Values}>} cells */
function row(cells) {
  const made = make('tr', '');
  for (const { hex, key, values } of cells) {
    const cell = make('td', hex === undefined ? '' : 'hex');
    if (key === undefined) cell.textContent = hex ?? '';
    else say(cell, key, values);
    made.append(cell);
  }
  return made;
}
