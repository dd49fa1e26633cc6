// @ts-check
import { fine, found, unknown } from './doctor-finding.js';

/**
 * @typedef {import('./doctor-api.js').Facts} Facts
 * @typedef {import('./doctor-finding.js').Mend} Mend
 * @typedef {import('./doctor-finding.js').Reason} Reason
 * @typedef {{protocol: string, host: string, origin: string}} Here
 */

const PROXYS_OWN = ['via', 'forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip'];
/** Where a proxy of one's own is, as a rule: this machine and private networks, RFC 1918 and 4193. */
const NEAR = /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|::1$|0:0:0:0:0:0:0:1$|f[cd])/i;

/**
 * What the server believes of a request from here, against what the browser knows.
 *
 * @param {import('./doctor-api.js').DoctorApi} api
 * @param {Here} here
 * @returns {Promise<import('./doctor-finding.js').Finding>}
 */
export async function examineHeaders(api, here) {
  try {
    return judgeHeaders(await api.facts(here.origin), here);
  } catch (error) {
    return unknown({ key: 'doctor.unanswered', values: { why: String(error) } });
  }
}

/**
 * @param {Facts} facts
 * @param {Here} here
 */
export function judgeHeaders(facts, here) {
  const faults = [...scheme(facts, here), ...host(facts, here), ...address(facts, here)];
  if (faults.length > 0) return found(faults.flatMap(({ mends }) => mends), ...faults.flatMap(({ reasons }) => reasons));
  const seen = { scheme: facts.secure ? 'https' : 'http', host: facts.host, address: facts.address };
  const stranger = forwarded(facts) && !facts.trustForwarded;
  return fine({ key: 'headers.fine', values: seen }, ...(stranger ? [{ key: 'headers.stranger' }] : []));
}

/**
 * @param {Facts} facts
 * @param {Here} here
 * @returns {Array<{mends: Mend[], reasons: Reason[]}>}
 */
function scheme({ secure, headers }, { protocol }) {
  if (secure === (protocol === 'https:')) return [];
  const values = { proto: headers['x-forwarded-proto'] ?? '–' };
  return [{ mends: ['proto'], reasons: [{ key: secure ? 'headers.tooSecure' : 'headers.insecure', values }] }];
}

/**
 * @param {Facts} facts
 * @param {Here} here
 * @returns {Array<{mends: Mend[], reasons: Reason[]}>}
 */
function host(facts, here) {
  if (isSameHost(facts.host, here)) return [];
  const values = { host: facts.host, here: here.host, origin: here.origin };
  const harm = facts.originAllowed ? 'headers.allowed' : 'headers.refused';
  return [{ mends: ['host'], reasons: [{ key: 'headers.host', values }, { key: harm, values }] }];
}

/**
 * @param {Facts} facts
 * @param {Here} here
 * @returns {Array<{mends: Mend[], reasons: Reason[]}>}
 */
function address(facts, here) {
  const values = { peer: facts.peer, most: facts.connectionsPerAddress };
  /** @type {Mend[]} */
  const trust = facts.trustForwarded ? [] : ['trust'];
  if (!forwarded(facts)) {
    if (!isProxied(facts, here)) return [];
    return [{ mends: ['for', ...trust], reasons: [{ key: 'headers.noFor', values }] }];
  }
  if (facts.trustForwarded || !NEAR.test(facts.peer)) return [];
  return [{ mends: trust, reasons: [{ key: 'headers.untrusted', values }] }];
}

/** @param {Facts} facts */
function forwarded({ headers }) {
  return headers['x-forwarded-for'] !== undefined;
}

/**
 * Browsers speak HTTP/1.1 at least, and name the host of the page's address.
 *
 * @param {Facts} facts
 * @param {Here} here
 */
function isProxied(facts, here) {
  const own = PROXYS_OWN.some((name) => facts.headers[name] !== undefined);
  return own || facts.protocol === 'HTTP/1.0' || !isSameHost(facts.host, here);
}

/**
 * @param {string} name
 * @param {Here} here
 */
function isSameHost(name, { protocol, host: page }) {
  const usual = protocol === 'https:' ? ':443' : ':80';
  const bare = name.toLowerCase().endsWith(usual) ? name.slice(0, -usual.length) : name;
  return bare.toLowerCase() === page.toLowerCase();
}
