package dev.parley.delivery;

/**
 * A read of the log that a subscription needs. Immutable.
 *
 * @param subscription who needs it
 * @param seq the last entry before it
 * @param moves how often the subscription had been moved, so that a read for an old place is recognised
 */
record LogRead(Subscription subscription, long seq, int moves) {}
