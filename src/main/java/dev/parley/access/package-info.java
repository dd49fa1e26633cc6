/**
 * Who may come in, as whom, from where and how fast: the Origin policy, guests and their signed cookies, connections for
 * each address, messages for each person. Every edge asks here, so that they all give the same answer. Knows the words of
 * {@code protocol} and the clock, and no container.
 */
@NullMarked
package dev.parley.access;

import org.jspecify.annotations.NullMarked;
