import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeBuffering } from '../../../webapp/js/lab/doctor-buffering.js';
import { judgeHeaders } from '../../../webapp/js/lab/doctor-headers.js';
import { judgeIdle } from '../../../webapp/js/lab/doctor-idle.js';
import { nginxLines } from '../../../webapp/js/lab/doctor-mend.js';
import { judgeUpgrade } from '../../../webapp/js/lab/doctor-upgrade.js';
import { en } from '../../../webapp/js/texts/doctor-en.js';
import { zh } from '../../../webapp/js/texts/doctor-zh.js';

const pieces = (here) => Array.from({ length: 8 }, (_, n) => ({ at: 250 * n, here: here(n) }));
const prompt = pieces((n) => 5000 + 250 * n + (n % 2) * 30);
const together = pieces(() => 7000);
const keys = ({ reasons }) => reasons.map(({ key }) => key);

test('pieces that come together were collected, those that are late alike were not', () => {
  assert.equal(judgeBuffering(prompt, prompt).verdict, 'fine');
  assert.equal(judgeBuffering(pieces((n) => 90_000 + 250 * n), prompt).verdict, 'fine');
  assert.deepEqual(keys(judgeBuffering(together, prompt)), ['buffering.itself', 'buffering.obeys']);
  assert.deepEqual(keys(judgeBuffering(together, together)), ['buffering.always', 'buffering.useless']);
  assert.equal(judgeBuffering(prompt.slice(0, 3), prompt).verdict, 'unknown');
});

test('a cut counts more or less by the heartbeat that it comes before or after', () => {
  const survived = { survivedMs: 65_000 };
  assert.deepEqual(keys(judgeIdle({ cutMs: 60_010 }, survived, 25_000)), ['idle.cutStream', 'idle.survivedSocket', 'idle.kept']);
  assert.deepEqual(keys(judgeIdle(survived, { cutMs: 15_000, quietly: true }, 25_000)).slice(1), ['idle.quietSocket', 'idle.lost']);
  assert.equal(judgeIdle(survived, survived, 25_000).verdict, 'fine');
  assert.equal(judgeIdle(survived, {}, 25_000).verdict, 'fine');
  assert.equal(judgeIdle({}, {}, 25_000).verdict, 'unknown');
});

test('what a handshake lost is named', () => {
  const here = { host: 'chat.test', origin: 'https://chat.test' };
  const broke = { openedMs: null, echoed: false, code: 1006 };
  const lost = judgeUpgrade(broke, { seen: true, upgraded: false, headers: { connection: 'close' } }, here);
  assert.equal(lost.reasons[0].values.missing, 'Upgrade: websocket, Connection: Upgrade');
  assert.deepEqual(keys(judgeUpgrade(broke, { seen: false }, here)), ['upgrade.stopped']);
  assert.deepEqual(keys(judgeUpgrade(broke, { seen: true, upgraded: true }, here)), ['upgrade.answerLost']);
  assert.deepEqual(keys(judgeUpgrade({ ...broke, openedMs: 3, code: null }, { seen: true }, here)), ['upgrade.silent']);
  assert.deepEqual(judgeUpgrade({ ...broke, openedMs: 3, code: 4003 }, { seen: true }, here).mends, ['host']);
  assert.equal(judgeUpgrade({ openedMs: 3, echoed: true, code: null }, { seen: true }, here).verdict, 'fine');
});

const facts = {
  secure: true,
  host: 'chat.test',
  originAllowed: true,
  address: '203.0.113.7',
  peer: '127.0.0.1',
  trustForwarded: true,
  protocol: 'HTTP/1.1',
  port: 8080,
  contextPath: '',
  heartbeatMillis: 25_000,
  connectionsPerAddress: 200,
  headers: { 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' },
};
const here = { protocol: 'https:', host: 'chat.test', origin: 'https://chat.test' };

test('a scheme that the server does not know is found, whichever it is', () => {
  const { 'x-forwarded-proto': _, ...without } = facts.headers;
  assert.equal(judgeHeaders(facts, here).verdict, 'fine');
  assert.deepEqual(keys(judgeHeaders({ ...facts, secure: false, headers: without }, here)), ['headers.insecure']);
  assert.deepEqual(keys(judgeHeaders(facts, { ...here, protocol: 'http:' })), ['headers.tooSecure']);
});

test('a host that was changed is found, with what comes of it', () => {
  const changed = { ...facts, host: '127.0.0.1:8080' };
  assert.deepEqual(keys(judgeHeaders({ ...changed, originAllowed: false }, here)), ['headers.host', 'headers.refused']);
  assert.deepEqual(keys(judgeHeaders(changed, here)), ['headers.host', 'headers.allowed']);
  assert.equal(judgeHeaders({ ...facts, host: 'CHAT.test:443' }, here).verdict, 'fine');
});

test('the address that everybody shares is found where there is a proxy, and only near', () => {
  const untrusted = { ...facts, trustForwarded: false };
  assert.deepEqual(judgeHeaders(untrusted, here).mends, ['trust']);
  assert.deepEqual(keys(judgeHeaders({ ...untrusted, peer: '198.51.100.9' }, here)), ['headers.fine', 'headers.stranger']);
  assert.deepEqual(judgeHeaders({ ...untrusted, headers: { via: '1.1 x' } }, here).mends, ['for', 'trust']);
  assert.deepEqual(judgeHeaders({ ...facts, headers: {}, protocol: 'HTTP/1.0' }, here).mends, ['for']);
  assert.equal(judgeHeaders({ ...untrusted, headers: {} }, here).verdict, 'fine');
});

test('the lines for nginx lead to the application and mark what they mend', () => {
  const inContext = { ...facts, contextPath: '/parley', heartbeatMillis: 40_000 };
  const lines = nginxLines(new Set(['buffering']), inContext, '/chat/').split('\n');
  assert.ok(lines.includes('location /chat/ {'));
  assert.ok(lines.includes('    proxy_pass http://127.0.0.1:8080/parley/;'));
  assert.ok(lines.includes('    proxy_read_timeout 120s;'));
  assert.deepEqual(lines.filter((line) => line.includes('#')).map((line) => line.split(/\s{2,}/)[1]), ['proxy_buffering off;']);
  assert.ok(nginxLines(new Set(), inContext, '/parley/').includes('proxy_pass http://127.0.0.1:8080;'));
});

test('both languages say the same things with the same values', () => {
  const values = (said) => [...JSON.stringify(said).matchAll(/\{\w+\}/g)].map(String).sort();
  assert.deepEqual(Object.keys(zh), Object.keys(en));
  for (const key of Object.keys(en)) assert.deepEqual(new Set(values(zh[key])), new Set(values(en[key])), key);
});
