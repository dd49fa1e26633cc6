import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { acceptOf } from '../../../webapp/js/lab/accept.js';
import { csvOf } from '../../../webapp/js/lab/export.js';
import { frameOf } from '../../../webapp/js/lab/frame.js';
import { Meter, quantile } from '../../../webapp/js/lab/meter.js';
import { pictureOf } from '../../../webapp/js/lab/pictures.js';
import { sha1 } from '../../../webapp/js/lab/sha1.js';
import { frameBytes, requestBytes } from '../../../webapp/js/lab/sizes.js';
import { WAYS } from '../../../webapp/js/lab/ways.js';
import { en } from '../../../webapp/js/texts/lab-en.js';
import { zh } from '../../../webapp/js/texts/lab-zh.js';

test('SHA-1 is what others compute, at every length around a block', () => {
  for (let length = 0; length < 200; length++) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
    assert.deepEqual(Buffer.from(sha1(message)), createHash('sha1').update(message).digest());
  }
});

test('the accept of RFC 6455’s key is RFC 6455’s', async () => {
  assert.equal((await acceptOf('dGhlIHNhbXBsZSBub25jZQ==')).accept, 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
});

test('the frames of RFC 6455, 5.7', () => {
  const hex = (parts) => parts.map((part) => part.hex).join(' ');
  assert.equal(hex(frameOf('Hello', null)), '81 05 48 65 6c 6c 6f');
  assert.equal(hex(frameOf('Hello', Uint8Array.of(0x37, 0xfa, 0x21, 0x3d))), '81 85 37 fa 21 3d 7f 9f 4d 51 58');
  assert.equal(frameOf('x'.repeat(256), null)[1].hex, '7e 01 00');
});

test('a frame’s head grows with its content', () => {
  assert.deepEqual([125, 126, 65_535, 65_536].map((n) => frameBytes(n, false) - n), [2, 4, 4, 10]);
  assert.equal(frameBytes(0, true), 6);
});

test('a request is its line, its headers and its body', () => {
  const sent = 'POST /a?b=1 HTTP/1.1\r\nHost: x\r\nA: b\r\nContent-Length: 3\r\n\r\n好'.length + 2;
  const url = new URL('http://x/a?b=1');
  assert.equal(requestBytes(url, { method: 'POST', headers: { A: 'b' }, body: '好' }, 'Host: x\r\n'.length), sent);
});

test('the 99th percentile of few is the worst, of many not', () => {
  const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);
  assert.equal(quantile(upTo(50), 0.99), 50);
  assert.equal(quantile(upTo(1000), 0.99), 990);
  assert.equal(quantile(upTo(4), 0.5), 2);
  assert.equal(quantile([], 0.5), null);
});

test('a meter tells what is open and what came twice', () => {
  const meter = new Meter();
  const end = meter.begin(10);
  meter.begin(5);
  end();
  end();
  meter.arrived(0, performance.now(), 1);
  meter.arrived(0, performance.now(), 1);
  const { requests, up, open, received, doubled } = meter.counts();
  assert.deepEqual({ requests, up, open, received, doubled }, { requests: 2, up: 15, open: 1, received: 1, doubled: 1 });
});

test('the CSV has a line for each message and nothing for what never came', () => {
  const meter = new Meter();
  meter.delays.set(1, 2.5);
  const run = { meters: new Map([['sse', meter]]), sentAt: [1000, 1200] };
  assert.equal(csvOf(run), 'n,sent_ms,sse_ms\r\n0,0,\r\n1,200,2.5\r\n');
});

test('in every picture each message arrives once, after the server had it', () => {
  for (const way of WAYS) {
    const [{ dots: had }, , { dots: came }] = pictureOf(way).rows;
    assert.equal(came.length, had.length, way);
    had.forEach((at, i) => assert.ok(came[i] > at && came[i] <= 100, `${way} ${at} ${came[i]}`));
  }
});

test('the lab’s texts are there in both languages', () => {
  assert.deepEqual(Object.keys(zh), Object.keys(en));
});
