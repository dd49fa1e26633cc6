// @ts-check
import { text } from '../i18n.js';

/** @typedef {import('./doctor-finding.js').Mend} Mend */
/** @typedef {import('./doctor-api.js').Facts} Facts */

const HEARTBEATS = 3;
const LEAST_TIMEOUT_S = 75;
const MARK_COLUMN = 68;

/**
 * The whole block, since a `proxy_set_header` of one's own replaces all that are inherited; the lines that mend something are
 * marked.
 *
 * @param {Set<Mend>} mends
 * @param {Facts} facts
 * @param {string} path of the application as the browser sees it, with slashes at both ends
 */
export function nginxLines(mends, facts, path) {
  const timeout = Math.max(LEAST_TIMEOUT_S, Math.ceil((HEARTBEATS * facts.heartbeatMillis) / 1000));
  const inside = `${facts.contextPath}/`;
  const target = `http://127.0.0.1:${facts.port}${inside === path ? '' : inside}`;
  /** @type {Array<[string, Mend?]>} */
  const lines = [
    ['map $http_upgrade $connection_upgrade {', 'upgrade'],
    ['    default upgrade;'],
    ["    ''      close;"],
    ['}'],
    [''],
    [`location ${path} {`],
    [`    proxy_pass ${target};`],
    ['    proxy_http_version 1.1;', 'upgrade'],
    ['    proxy_set_header Upgrade $http_upgrade;', 'upgrade'],
    ['    proxy_set_header Connection $connection_upgrade;', 'upgrade'],
    ['    proxy_set_header Host $http_host;', 'host'],
    ['    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;', 'for'],
    ['    proxy_set_header X-Forwarded-Proto $scheme;', 'proto'],
    ['    proxy_buffering off;', 'buffering'],
    [`    proxy_read_timeout ${timeout}s;`, 'timeout'],
    ['}'],
  ];
  return lines.map(([line, mend]) => marked(line, mend !== undefined && mends.has(mend) ? mend : null)).join('\n');
}

/**
 * @param {string} line
 * @param {Mend | null} mend
 */
function marked(line, mend) {
  return mend === null ? line : `${line.padEnd(MARK_COLUMN)}# ${text(`mark.${mend}`)}`;
}
