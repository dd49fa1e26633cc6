/**
 * {@code java -jar parley.war bench}: a load generator that speaks Parley's protocol from outside, measures a server, and
 * checks that nothing is lost, doubled, out of order or changed. One thread, one selector, no allocation for each message.
 * Uses none of the server's classes, so that it cannot share their mistakes; stands beside the house, on {@code wire}.
 */
@NullMarked
package dev.parley.bench;

import org.jspecify.annotations.NullMarked;
